"""Trains a built-in model: sounds, teacher's answers, fitting and pruning, training, model file. See README.md."""

import argparse
import pathlib

import torch

import bank
import export
from sounds.speech import Speech
from teacher import Teacher
from training import Training

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("teacher", help="edgel3_sea_ust_audio_emb_64.h5.gz")
parser.add_argument("folder", help="for sounds, checkpoint and model; run again with the same one to go on")
parser.add_argument("--samples", type=int, default=300_000, help="windows to learn from (default: %(default)s)")
parser.add_argument("--batch", type=int, default=32, help="windows in a batch (default: %(default)s)")
parser.add_argument("--zeros", type=float, default=0.76, help="share of all weights (default: %(default)s)")
parser.add_argument("--fitting-windows", type=int, default=600,
                    help="that the first weights are fitted to (default: %(default)s)")
parser.add_argument("--pruning-steps", type=int, default=8,
                    help="in which weights go while they are fitted (default: %(default)s)")
parser.add_argument("--shards", type=int, default=5,
                    help="of 3,000 windows each, of scenes and twice as many of textures (default: %(default)s)")
parser.add_argument("--shard-size", type=int, default=bank.SHARD, help="windows in a shard (default: %(default)s)")
parser.add_argument("--utterances", type=int, default=400, help="spoken by espeak-ng (default: %(default)s)")
parser.add_argument("--bfloat16", action="store_true",
                    help="train in 16-bit floats: a third of the time where the processor multiplies them")
parser.add_argument("--seed", type=int, default=1, help="of everything that is random (default: %(default)s)")


def main():
    options = parser.parse_args()
    folder = pathlib.Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_flush_denormal(True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    bank.fill(folder, options.seed, lambda: Speech(options.seed, options.utterances), options.shards,
              options.shard_size)
    training = Training(bank.load(folder), Teacher(options.teacher, device), options, device)
    print("model:", export.write(training.run(folder), folder))


if __name__ == "__main__":
    main()
