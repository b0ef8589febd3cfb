"""What every layer of a network is."""


class Layer:
    """A step of the network, without parameters unless it says so.

    `build(shape, rng)` is called once with the shape of one input; it returns the shape of one
    output. `forward(x)` answers, keeping in `seen` what `backward` needs; `backward(gradient)`
    takes the loss's gradient by the output and returns that by the input, keeping those by its
    parameters in `gradients`.
    """

    def __init__(self):
        self.parameters, self.gradients, self.seen = {}, {}, None

    @property
    def name(self):
        return type(self).__name__

    @property
    def settings(self):
        """The arguments that make this layer again."""
        return []


def expect_maps(shape):
    """Refuse the shape of an input that has been flattened already."""
    if len(shape) != 3:
        raise ValueError("it takes maps (rows, columns, channels)")
