"""What each network computes, as ``models/architectures.json`` has it: EdgeL3's, OpenL3's and the original L3's."""

import json
from pathlib import Path

BATCH_NORM_EPSILON = 1e-3
DESCRIPTIONS = json.loads((Path(__file__).resolve().parents[2] / "models" / "architectures.json").read_text())


class Spectrogram:
    """How one second of audio, which is a window, becomes a plane in dB."""

    def __init__(self, sample_rate, fft_size, hop, padding, window, scale, decibel_floor, decibel_range,
                 norm=None, bands=None, summed=None):
        self.sample_rate = sample_rate            # also the window length in samples
        self.fft_size = fft_size
        self.hop = hop
        self.window = window                      # "hann", or "hann_float32": evaluated in single precision
        self.scale = scale                        # "linear", "htk" or "slaney"
        self.norm = norm                          # of mel filters: "area"
        self.bins = fft_size // 2 + 1
        self.bands = bands or self.bins
        self.summed = summed                      # under a mel filter: "power", or "magnitude"
        self.decibel_floor = decibel_floor
        self.decibel_range = decibel_range
        if padding == "none":
            self.frames = 1 + (sample_rate - fft_size) // hop
            self.padding_left = self.padding_right = 0
        else:
            # as many columns as hops begin in a window; the zeros they need lie on both sides ("same", as
            # TensorFlow's SAME), or all behind the window ("end")
            self.frames = -(-sample_rate // hop)
            zeros = max((self.frames - 1) * hop + fft_size - sample_rate, 0)
            self.padding_left = zeros // 2 if padding == "same" else 0
            self.padding_right = zeros - self.padding_left


class Architecture:
    """Static description of one network."""

    def __init__(self, model_type, spectrogram, convolutions, pooling_after, last_batch_norm, final_pooling, **_names):
        self.name = model_type
        self.spectrogram = spectrogram if isinstance(spectrogram, Spectrogram) else Spectrogram(**spectrogram)
        self.sample_rate = self.spectrogram.sample_rate
        self.channels = tuple(convolutions)               # output channels of the eight convolutions
        self.pooling_after = tuple(pooling_after)         # the convolutions, from 1, that a 2x2 pooling follows
        # after convolution 8: "used", with a ReLU; "absent"; "unused": in the file, but behind the embedding
        self.last_batch_norm = last_batch_norm
        self.final_pooling = tuple(final_pooling)         # height and width that one place of the embedding covers

    def last_plane(self):
        shrink = 2 ** len(self.pooling_after)
        return self.spectrogram.bands // shrink, self.spectrogram.frames // shrink

    def ends_in_one_place(self):
        return self.last_plane() == self.final_pooling

    def layers(self, front_end=True):
        """(Keras layer name, kind) of every layer, in the model's order."""
        plan = [("input_1", "InputLayer")]
        if front_end:
            linear = self.spectrogram.scale == "linear"
            plan.append(("spectrogram_1", "Spectrogram") if linear else ("melspectrogram_1", "Melspectrogram"))
        plan.append(("batch_normalization_1", "BatchNormalization"))
        poolings = 0
        for i in range(1, 9):
            plan.append(("conv2d_%d" % i if i < 8 else "audio_embedding_layer", "Conv2D"))
            if i < 8 or self.last_batch_norm != "absent":
                plan.append(("batch_normalization_%d" % (i + 1), "BatchNormalization"))
                plan.append(("activation_%d" % i, "Activation"))
            if i in self.pooling_after or i == 8:
                poolings += 1
                plan.append(("max_pooling2d_%d" % poolings, "MaxPooling2D"))
        plan.append(("flatten_1", "Flatten"))
        return plan


def architecture_for(model_type, embedding_dimension, input_repr=None, front_end=None):
    """The network of that type and width; ``input_repr`` and ``front_end`` tell OpenL3's and L3's apart."""
    for network in DESCRIPTIONS["networks"]:
        names = (network["model_type"], network.get("input_repr"), network.get("front_end"))
        if names == (model_type, input_repr, front_end) and str(embedding_dimension) in network["final_pooling"]:
            return Architecture(**{**network, "spectrogram": DESCRIPTIONS["spectrograms"][network["spectrogram"]],
                                   "final_pooling": network["final_pooling"][str(embedding_dimension)]})
    raise ValueError("there is no such network: %s %s %s %s" % (model_type, embedding_dimension, input_repr, front_end))
