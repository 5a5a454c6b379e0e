"""WAV files: the sample formats the goldens use, scaled as libsndfile's float reader does."""

import struct

import numpy as np


def read_wav(path):
    """(float64 audio of shape (N,) or (N, channels), sample rate) of a 16-bit or 32-bit float file."""
    data = path.read_bytes()
    position, chunks = 12, {}
    while position + 8 <= len(data):
        tag, size = struct.unpack("<4sI", data[position:position + 8])
        chunks[tag] = data[position + 8:position + 8 + size]
        position += 8 + size + (size & 1)
    code, channels, rate, _, _, bits = struct.unpack("<HHIIHH", chunks[b"fmt "][:16])
    if (code, bits) == (3, 32):
        x = np.frombuffer(chunks[b"data"], "<f4").astype(np.float64)
    elif (code, bits) == (1, 16):
        x = np.frombuffer(chunks[b"data"], "<i2").astype(np.float64) / 32768.0
    else:
        raise ValueError("%s: format %d with %d bits" % (path, code, bits))
    return (x.reshape(-1, channels) if channels > 1 else x), rate


def write_wav(path, x, rate):
    """float32 arrays become 32-bit float files, others 16-bit files."""
    channels = 1 if x.ndim == 1 else x.shape[1]
    if x.dtype == np.float32:
        code, width, samples = 3, 4, x.astype("<f4").tobytes()
    else:
        code, width, samples = 1, 2, np.clip(np.round(x * 32768.0), -32768, 32767).astype("<i2").tobytes()
    head = struct.pack("<HHIIHH", code, channels, rate, rate * channels * width, channels * width, width * 8)
    body = b"WAVEfmt " + struct.pack("<I", 16) + head + b"data" + struct.pack("<I", len(samples)) + samples
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
