"""EdgeL3's Python interface without TensorFlow, and the HEAR interface, by way of the command line of the npm package.

One `edgel3` process stays alive and loads its network once. What is needed is Node with the package (`npm install edgel3`)
and numpy; torch only for those who hand over tensors. The numbers are those of the command line, bit for bit.

    from edgel3_node import get_embedding
    embedding, timestamps = get_embedding(audio, sr)      # (T, D) float32 and (T,) float64, in seconds

    python3 edgel3_node.py sound.wav                      # embeds a file, as process_file does
"""

import atexit
import json
import os
import struct
import subprocess
import sys
import tempfile

import numpy as np

# The rate that HEAR's evaluation shall bring sounds to: that of EdgeL3 and OpenL3. Networks for 8 kHz resample by themselves.
HEAR_SAMPLE_RATE = 48000


class EdgeL3Error(Exception):
    """What the command line reports; `code` is one of those in the README."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Model:
    """A running `edgel3` with a network of its own; one call at a time.

    options: of the command line, such as ['--model-type', 'sea', '--emb-dim', '64']; none: the built-in network.
    command: how edgel3 is started, such as ['node', 'node_modules/edgel3/dist/cli/edgel3.js'].
    """

    def __init__(self, options=(), command=('npx', 'edgel3')):
        self._options = list(options)
        self._command = list(command)
        self._folder = tempfile.TemporaryDirectory()
        self._count = 0  # of sounds written to the folder
        self._processes = {}  # by hop, centring, folder and suffix, which hold for the whole of a process
        atexit.register(self.close)

    def close(self):
        """Ends the processes and removes the temporary folder; may be called twice."""
        for process in self._processes.values():
            self._end(process)
        self._processes = {}
        self._folder.cleanup()

    def embed_file(self, path, hop_size=0.1, center=True, output_dir=None, suffix=None):
        """Writes the .npz of a sound file, and gives its path. Raises EdgeL3Error."""
        key = (hop_size, center, output_dir, suffix)
        answer = self._ask(key, path)
        if answer['status'] == 'passed over':
            # A process embeds each file once; the same file again is for a new one.
            self._end(self._processes.pop(key))
            answer = self._ask(key, path)
        if answer['status'] == 'failed':
            raise EdgeL3Error(answer['code'], answer['message'])
        return answer['output']

    def embed(self, audio, sr, hop_size=0.1, center=True):
        """Embeds samples, (N,) or (N, channels), and gives embedding (T, D) and timestamps (T,)."""
        self._count += 1
        sound = os.path.join(self._folder.name, f'{self._count}.wav')
        try:
            _write_wav(sound, np.asarray(audio), sr)
            path = self.embed_file(sound, hop_size, center, self._folder.name)
        finally:
            if os.path.exists(sound):
                os.remove(sound)
        with np.load(path) as arrays:
            result = arrays['embedding'], arrays['timestamps']
        os.remove(path)
        return result

    def _ask(self, key, path):
        """What the process for these options says of a file."""
        process = self._process(key)
        print(os.path.abspath(path), file=process.stdin, flush=True)
        line = process.stdout.readline()
        if not line:
            raise EdgeL3Error('internal', f'edgel3 ended with exit code {process.wait()}.')
        return json.loads(line)

    @staticmethod
    def _end(process):
        process.stdin.close()
        process.wait()
        process.stdout.close()

    def _process(self, key):
        hop_size, center, output_dir, suffix = key
        if key not in self._processes:
            options = ['--files-from', '-', '--jobs', '1', '--overwrite', '--hop-size', str(hop_size)]
            if not center:
                options.append('--no-centering')
            if output_dir is not None:
                options += ['--output-dir', os.path.abspath(output_dir)]
            if suffix is not None:
                options += ['--suffix', suffix]
            self._processes[key] = subprocess.Popen(
                self._command + self._options + options,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding='utf-8',
            )
        return self._processes[key]


def _write_wav(path, audio, sr):
    """A WAV of 64-bit floats: nothing is rounded on the way."""
    if audio.dtype == np.int16:
        audio = audio / 32768
    if not np.issubdtype(audio.dtype, np.floating):
        raise EdgeL3Error('audio_invalid', f'The audio must be of floats or int16, not {audio.dtype}.')
    if audio.ndim not in (1, 2):
        raise EdgeL3Error('audio_invalid', f'The audio must be (N,) or (N, channels), not {audio.shape}.')
    if sr != int(sr):
        raise EdgeL3Error('sample_rate_invalid', f'The sampling rate must be a whole number, not {sr}.')
    channels = 1 if audio.ndim == 1 else audio.shape[1]
    data = np.ascontiguousarray(audio, dtype='<f8').tobytes()
    sr = int(sr)
    frame = 8 * channels
    form = struct.pack('<4sIHHIIHH', b'fmt ', 16, 3, channels, sr, sr * frame, frame, 64)
    with open(path, 'wb') as file:
        file.write(struct.pack('<4sI4s', b'RIFF', 4 + len(form) + 8 + len(data), b'WAVE') + form)
        file.write(struct.pack('<4sI', b'data', len(data)) + data)


_built_in = None


def _model(model):
    global _built_in
    if model is not None:
        return model
    if _built_in is None:
        _built_in = Model()
    return _built_in


# EdgeL3's own interface.


def load_embedding_model(model_type=None, emb_dim=128, retrain_type='ft', sparsity=95.45, command=('npx', 'edgel3')):
    """A published network, whose weights `edgel3 models fetch` has fetched before; without arguments the built-in one."""
    options = []
    if model_type == 'sea':
        options = ['--model-type', 'sea', '--emb-dim', str(emb_dim)]
    elif model_type == 'sparse':
        options = ['--model-type', 'sparse', '--retrain-type', retrain_type, '--model-sparsity', str(sparsity)]
    return Model(options, command)


def get_embedding(audio, sr, model=None, hop_size=0.1, center=True, verbose=1):
    """As EdgeL3's get_embedding: embedding (T, D) and timestamps (T,) in seconds. Raises EdgeL3Error."""
    return _model(model).embed(audio, sr, hop_size, center)


def process_file(filepath, output_dir=None, suffix=None, model=None, hop_size=0.1, center=True, verbose=True):
    """As EdgeL3's process_file: writes an .npz beside the file or into output_dir. Raises EdgeL3Error."""
    _model(model).embed_file(filepath, hop_size, center, output_dir, suffix)


# The HEAR interface (hearbenchmark.com, "common API").


def load_model(model_file_path=''):
    """A network for HEAR: a model file, or the built-in network where the path is empty."""
    model = Model(['--model', model_file_path] if model_file_path else [])
    size = model.embed(np.full(HEAR_SAMPLE_RATE, 1e-3), HEAR_SAMPLE_RATE)[0].shape[1]
    model.sample_rate = HEAR_SAMPLE_RATE
    model.scene_embedding_size = size
    model.timestamp_embedding_size = size
    return model


def get_timestamp_embeddings(audio, model):
    """Sounds (n, samples) to embeddings (n, T, D) and timestamps (n, T) in milliseconds, each that of a window's middle."""
    rows = [model.embed(sound, model.sample_rate) for sound in np.asarray(audio)]
    embeddings = np.stack([embedding for embedding, _ in rows])
    milliseconds = np.stack([1000 * timestamps for _, timestamps in rows])
    return _like(audio, embeddings), _like(audio, milliseconds)


def get_scene_embeddings(audio, model):
    """Sounds (n, samples) to one embedding each (n, D): the mean over time."""
    rows = [model.embed(sound, model.sample_rate)[0].mean(axis=0) for sound in np.asarray(audio)]
    return _like(audio, np.stack(rows))


def _like(audio, array):
    """Tensors to those who gave tensors."""
    if type(audio).__module__.startswith('torch'):
        import torch

        return torch.from_numpy(array).to(audio.device)
    return array


if __name__ == '__main__':
    for name in sys.argv[1:]:
        print(_model(None).embed_file(name))
