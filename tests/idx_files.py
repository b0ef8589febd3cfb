"""IDX files in the format of MNIST, for tests that read or download such files."""

PREFIXES = {"train": "train", "test": "t10k"}


def idx(array):
    """The bytes of an IDX file that holds a uint8 array."""
    lengths = b"".join(n.to_bytes(4, "big") for n in array.shape)
    return bytes([0, 0, 8, array.ndim]) + lengths + array.tobytes()


def write_idx(folder, split, images, labels, pack=bytes, end=""):
    """Write the two files of a split, each through `pack`."""
    for what, array in (("images-idx3", images), ("labels-idx1", labels)):
        (folder / f"{PREFIXES[split]}-{what}-ubyte{end}").write_bytes(pack(idx(array)))
