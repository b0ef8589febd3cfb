"""Lesson 08b: its exercises, and the numbers in its collapsed answers."""

from helpers.exercises import check
from helpers.explorers import NetworkBuilder
from helpers.network import Conv, MaxPool, Network


def costs(*layers, shape=(28, 28, 1)):
    return Network(list(layers), shape).costs()


def test_numbers_are_those_of_the_network():
    """The numbers of the exercises are those of the library."""
    (layer,) = costs(Conv(16, 3, stride=2, padding=1), shape=(28, 28, 8))
    assert check("08b-multiplications", layer.multiplications).startswith("Right.")
    rows, _ = costs(Conv(8, 3), Conv(8, 3), MaxPool(2), Conv(8, 3))[-1].receptive_field
    assert check("08b-field", rows).startswith("Right.")
    fitting = [n for n in range(6) if costs(Conv(8, 5, padding=n))[0].output_shape[0] == 28]
    assert len(fitting) == 1 and check("08b-padding", fitting[0]).startswith("Right.")


def test_eight_layers():
    """What the answers say of moves in the builder, one after another."""
    builder = NetworkBuilder()
    builder.rows[0].numbers["count"].number = 16
    parameters = [layer.parameters for layer in builder.costs]
    assert [parameters[place] for place in (0, 3, 7)] == [160, 2320, 4010]
    builder.rows[0].numbers["count"].number = 8
    second = builder.costs[3]
    assert second.multiplications == 16 * 72 * 121 == 139_392
    builder.remove(2)
    assert builder.costs[5].output_shape == (2304,) and builder.costs[6].parameters == 23_050
    assert builder.costs[4].receptive_field == (6, 6)
    before = builder.costs[:5]
    builder.remove(5)
    assert "takes flat inputs" in builder.rows[5].error.value and builder.costs == before
    builder.choose(4)
    builder.add("Flatten")
    builder.move(3, 1)
    assert builder.costs[4].name == "ReLU" and builder.costs[4].memory < before[3].memory
    assert builder.costs[4].output_shape == before[4].output_shape
