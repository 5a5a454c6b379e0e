"""Reads sound files by Python's soundfile, as a second opinion for the fuzzers: a line of standard input is the path of one,
and a line of standard output says what soundfile makes of it, as JSON: {"sampleRate", "shape": [frames, channels]}, or
{"error"}. The samples are written to the path with '.f64' behind it, channel by channel, as doubles.

    /usr/bin/python3 tests/reference/read_sounds.py

Needs Debian's python3-soundfile.
"""

import json
import sys

import numpy as np
import soundfile

print(json.dumps({'version': soundfile.__libsndfile_version__}), flush=True)
for line in sys.stdin:
    path = line.rstrip('\n')
    try:
        samples, rate = soundfile.read(path, always_2d=True)
        np.ascontiguousarray(samples.T, '<f8').tofile(f'{path}.f64')
        answer = {'sampleRate': rate, 'shape': samples.shape}
    # A file may claim more samples than there is memory for, or than a number can say.
    except (RuntimeError, ValueError, MemoryError, TypeError, OverflowError) as error:
        answer = {'error': str(error)}
    print(json.dumps(answer), flush=True)
