"""Writes tests/web/decoders/sounds/: small files of every format, and in truth.json what soundfile reads from them:
of uncompressed sound and FLAC the SHA-256 of all samples, of the rest every 25th sample.

    python3 tests/reference/make_sounds.py

Needs Debian's python3-soundfile (0.12.1 with libsndfile 1.2.0 wrote those in the repository) and flac, for FLAC in Ogg,
which soundfile does not write.
"""

import hashlib
import json
import pathlib
import subprocess

import numpy as np
import soundfile

FOLDER = pathlib.Path(__file__).parent.parent / 'web' / 'node' / 'sounds'

# Name of a file, its format for soundfile, number of channels, rate in Hz, samples.
FILES = [
    *[(f'{name}.wav', ('WAV', subtype), 1, 8000, 300) for name, subtype in [
        ('u8', 'PCM_U8'), ('s16', 'PCM_16'), ('s24', 'PCM_24'), ('s32', 'PCM_32'),
        ('float', 'FLOAT'), ('double', 'DOUBLE'), ('mulaw', 'ULAW'), ('alaw', 'ALAW'),
    ]],
    ('stereo.wav', ('WAV', 'PCM_16'), 2, 44100, 301),
    ('extensible.wav', ('WAVEX', 'PCM_24'), 6, 48000, 100),
    ('extensible_float.wav', ('WAVEX', 'FLOAT'), 2, 48000, 100),
    ('rf64.wav', ('RF64', 'PCM_16'), 2, 44100, 200),
    *[(f'{name}.aiff', ('AIFF', subtype), 1, 22050, 301) for name, subtype in [
        ('s8', 'PCM_S8'), ('u8', 'PCM_U8'), ('s16', 'PCM_16'), ('s24', 'PCM_24'), ('s32', 'PCM_32'),
        ('float', 'FLOAT'), ('double', 'DOUBLE'), ('mulaw', 'ULAW'), ('alaw', 'ALAW'),
    ]],
    ('stereo.aiff', ('AIFF', 'PCM_16'), 2, 11025, 301),
    ('little_endian.aiff', ('AIFF', 'PCM_16', 'LITTLE'), 2, 48000, 200),
    ('s8.flac', ('FLAC', 'PCM_S8'), 1, 8000, 1000),
    ('s16.flac', ('FLAC', 'PCM_16'), 1, 8000, 9000),
    ('s24.flac', ('FLAC', 'PCM_24'), 2, 96000, 1000),
    ('stereo.flac', ('FLAC', 'PCM_16'), 2, 44100, 5000),
    ('six.flac', ('FLAC', 'PCM_16'), 6, 48000, 700),
    ('sides.flac', ('FLAC', 'PCM_16'), 2, 44100, 8192),
    ('middle.flac', ('FLAC', 'PCM_16'), 2, 44100, 4096),
    ('vorbis.ogg', ('OGG', 'VORBIS'), 2, 22050, 4000),
    ('opus8k.opus', ('OGG', 'OPUS'), 1, 8000, 3000),
    ('opus48k.opus', ('OGG', 'OPUS'), 2, 48000, 5000),
    ('six.opus', ('OGG', 'OPUS'), 6, 48000, 2000),
    ('mpeg1.mp3', ('MP3', 'MPEG_LAYER_III'), 2, 44100, 5000),
    ('mpeg2.mp3', ('MP3', 'MPEG_LAYER_III'), 1, 16000, 3000),
]


def signal(channels, rate, count):
    """A decaying tone, then noise at full scale, then silence, then steps: what compression treats differently."""
    random = np.random.default_rng(count)
    time = np.arange(count) / rate
    columns = []
    for channel in range(channels):
        tone = 0.6 * np.sin(2 * np.pi * 440 * (channel + 1) * time) * np.exp(-4 * time)
        tone += 0.01 * random.standard_normal(count)
        part = count // 5
        tone[2 * part:3 * part] = random.uniform(-1, 1, part)
        tone[3 * part:4 * part] = 0
        tone[4 * part:] = np.round(4 * tone[4 * part:]) / 4
        columns.append(np.clip(tone, -1, 1))
    return np.stack(columns, axis=1)


def sides(count):
    """Two channels of which first the left one and then the right one is cheapest beside the difference of both."""
    random = np.random.default_rng(count)
    one, difference = random.integers(-8, 9, (2, count)) / 2 ** 15
    is_left = np.arange(count) < count // 2
    return np.stack([np.where(is_left, one, one + difference), np.where(is_left, one - difference, one)], axis=1)


def middle(count):
    """Two channels that cost the most by themselves, and the least as their mean and their difference, even or odd."""
    random = np.random.default_rng(count)
    mean, difference = random.integers(-8, 9, count), random.integers(-31, 32, count)
    left = mean + (difference + 1) // 2
    return np.stack([left, left - difference], axis=1) / 2 ** 15


SPECIAL = {'sides.flac': sides, 'middle.flac': middle}


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    truth = {}
    for name, (container, subtype, *endian), channels, rate, count in FILES:
        path = FOLDER / name
        data = SPECIAL[name](count) if name in SPECIAL else signal(channels, rate, count)
        soundfile.write(path, data, rate, format=container, subtype=subtype, endian=(endian or ['FILE'])[0])
        samples, read_rate = soundfile.read(path, always_2d=True)
        is_lossy = name.endswith(('.ogg', '.opus', '.mp3'))
        truth[name] = {'sampleRate': read_rate, 'shape': samples.shape, **(
            {'every25th': samples[::25].flatten().tolist()} if is_lossy else
            {'sha256': hashlib.sha256(np.ascontiguousarray(samples.T, '<f8').tobytes()).hexdigest()}
        )}
    subprocess.run(['flac', '--silent', '--force', '--ogg', FOLDER / 's16.wav', '-o', FOLDER / 'flac.oga'], check=True)
    truth['flac.oga'] = truth['s16.wav']
    lines = ',\n'.join(f'{json.dumps(name)}: {json.dumps(facts)}' for name, facts in truth.items())
    (FOLDER / 'truth.json').write_text(f'{{\n{lines}\n}}\n')


main()
