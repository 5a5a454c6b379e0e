"""Trains a built-in model: sounds, teacher's answers, fitting, training and pruning, model file. See README.md."""

import argparse
import pathlib

import torch

import export
from bank import SHARD, Bank
from teacher import Teacher
from training import Training

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("teacher", help="edgel3_sea_ust_audio_emb_64.h5.gz")
parser.add_argument("folder", help="for sounds, checkpoint and model; run again with the same one to go on")
parser.add_argument("--samples", type=int, default=28_000_000, help="windows to learn from (default: %(default)s)")
parser.add_argument("--batch", type=int, default=512, help="windows in a batch (default: %(default)s)")
parser.add_argument("--zeros", type=float, default=0.695, help="share of all weights (default: %(default)s)")
parser.add_argument("--begin-with", metavar="CHECKPOINT", help="of another training, instead of fitting")
parser.add_argument("--fitting-windows", type=int, default=600,
                    help="that the first weights are fitted to (default: %(default)s)")
parser.add_argument("--shards", type=int, default=180,
                    help="of sounds, 19 MB of memory each (default: %(default)s)")
parser.add_argument("--shard-size", type=int, default=SHARD, help="windows in a shard (default: %(default)s)")
parser.add_argument("--sounds", metavar="FOLDER", help="with the sounds, if another one than the first")
parser.add_argument("--utterances", type=int, default=800, help="spoken by espeak-ng (default: %(default)s)")
parser.add_argument("--bfloat16", action="store_true",
                    help="train in 16-bit floats: a third of the time where the processor multiplies them")
parser.add_argument("--compile", action="store_true", help="have PyTorch compile the networks, for a GPU")
parser.add_argument("--seed", type=int, default=1, help="of everything that is random (default: %(default)s)")


def main():
    options = parser.parse_args()
    folder = pathlib.Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_flush_denormal(True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    bank = Bank(options.sounds or folder, options, device)
    student = Training(bank, Teacher(options.teacher, device), options, device).run(folder)
    bank.close()
    print("model:", export.write(student, folder))


if __name__ == "__main__":
    main()
