"""EdgeL3's two architectures: the 48 kHz sparse network and the four 8 kHz SEA networks."""

BATCH_NORM_EPSILON = 1e-3


class Architecture:
    """Static description of one network.  One second of audio is one window."""

    def __init__(self, name, sample_rate, dft_size, dft_hop, mel_bands, channels, last_batch_norm):
        self.name = name
        self.sample_rate = sample_rate            # also the window length in samples
        self.dft_size = dft_size
        self.dft_hop = dft_hop
        self.mel_bands = mel_bands
        self.channels = tuple(channels)           # output channels of the eight convolutions
        self.last_batch_norm = last_batch_norm    # SEA: BatchNorm and ReLU after conv 8; sparse: neither
        self.bins = dft_size // 2 + 1
        # TensorFlow's SAME padding of a strided convolution
        self.mel_frames = -(-sample_rate // dft_hop)
        padding = max((self.mel_frames - 1) * dft_hop + dft_size - sample_rate, 0)
        self.padding_left = padding // 2
        self.padding_right = padding - padding // 2

    def layers(self):
        """(Keras layer name, kind) of every layer, in the model's order."""
        plan = [("input_1", "InputLayer"), ("melspectrogram_1", "Melspectrogram"),
                ("batch_normalization_1", "BatchNormalization")]
        for i in range(1, 9):
            plan.append(("conv2d_%d" % i if i < 8 else "audio_embedding_layer", "Conv2D"))
            if i < 8 or self.last_batch_norm:
                plan.append(("batch_normalization_%d" % (i + 1), "BatchNormalization"))
                plan.append(("activation_%d" % i, "Activation"))
            if i % 2 == 0:
                plan.append(("max_pooling2d_%d" % (i // 2), "MaxPooling2D"))
        plan.append(("flatten_1", "Flatten"))
        return plan


SEA_BLOCK_CHANNELS = {512: (64, 128, 256, 512), 256: (32, 64, 128, 256),
                      128: (32, 64, 128, 128), 64: (32, 64, 128, 64)}


def architecture_for(model_type, embedding_dimension):
    """``model_type`` "sparse" (always 512 wide) or "sea" (64, 128, 256 or 512 wide)."""
    if model_type == "sparse":
        blocks = (64, 128, 256, 512)
    else:
        blocks = SEA_BLOCK_CHANNELS[embedding_dimension]
    channels = [c for block in blocks for c in (block, block)]
    if model_type == "sparse":
        return Architecture("sparse", 48000, 2048, 242, 256, channels, last_batch_norm=False)
    return Architecture("sea", 8000, 1024, 160, 64, channels, last_batch_norm=True)
