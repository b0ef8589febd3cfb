"""A learner's own function with several maps: edges, channels, banks of filters."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from explorers.user_functions import SLICES, WRONG, Switch

from helpers import convolve, convolve_loops
from helpers.explorers import BankExplorer, ChannelExplorer, EdgeExplorer

LONGEST = {EdgeExplorer: 64, ChannelExplorer: 64, BankExplorer: 32}
COLOR = picture(9, 13, 3)


def twice(image, kernel):
    return 2 * convolve(image, kernel)


def maps(explorer):
    """The maps that the function computed, except directions, which have no scale."""
    if isinstance(explorer, EdgeExplorer):
        return explorer.maps.vertical, explorer.maps.horizontal, explorer.maps.magnitude
    return explorer.maps


@pytest.mark.parametrize("explorer", LONGEST)
def test_the_picture_starts_small_and_can_be_enlarged(explorer):
    """Loops are slow; with the library's function the picture starts larger."""
    ours, library = explorer(convolve=convolve_loops), explorer()
    assert ours.picker.longest.value == LONGEST[explorer] == max(ours.picker.value.shape)
    assert library.picker.longest.value > LONGEST[explorer]
    ours.picker.longest.value = 2 * LONGEST[explorer]
    assert max(ours.picker.value.shape) == 2 * LONGEST[explorer] and ours.problem == ""


@pytest.mark.parametrize("explorer", LONGEST)
def test_the_maps_are_those_of_the_function(explorer):
    """Twice the output gives maps twice as large."""
    ours = explorer(COLOR, convolve=twice)
    library = explorer(COLOR)
    for each in (ours, library):
        each.picker.gray.value = explorer is not ChannelExplorer
    for mine, right in zip(maps(ours), maps(library), strict=True):
        np.testing.assert_allclose(mine, 2 * right, rtol=1e-5, atol=1e-6)
        assert np.any(mine)


def test_the_bank_adds_up_every_channel():
    """Also in color: four maps from three channels, then three from four."""
    calls = []

    def my_convolve(image, kernel):
        calls.append(image.shape)
        return convolve_loops(image, kernel)

    ours, library = BankExplorer(COLOR, my_convolve), BankExplorer(COLOR)
    calls.clear()
    ours.picker.gray.value = False
    assert calls == [(9, 13)] * 12 + [(7, 11)] * 12
    np.testing.assert_allclose(ours.maps, library.maps, atol=1e-5)
    np.testing.assert_allclose(ours.output_maps, library.output_maps, atol=1e-5)


def test_choosing_another_filter_calls_nothing():
    """All maps have been computed."""
    calls = []

    def my_convolve(image, kernel):
        calls.append(kernel)
        return convolve(image, kernel)

    ours = BankExplorer(picture(9, 13), my_convolve)
    calls.clear()
    ours.filter.index = 2
    assert not calls


def test_edges_pad_the_image_with_its_border():
    """So the maps are as large as the picture, though the function does not pad."""
    shapes = []

    def my_convolve(image, kernel):
        shapes.append(image.shape)
        same(image[0, 1:-1], image[1, 1:-1])
        return convolve(image, kernel)

    ours = EdgeExplorer(picture(7, 11), my_convolve)
    assert ours.problem == "" and ours.maps.magnitude.shape == (7, 11)
    assert shapes == [(9, 13)] * 2


def test_a_moved_weight_convolves_one_channel():
    """The other two maps stay; a new bias convolves none."""
    given = []

    def my_convolve(image, kernel):
        given.append(image)
        return convolve(image, kernel)

    image = picture(7, 11, 3)
    ours = ChannelExplorer(image, SLICES, convolve=my_convolve)
    given.clear()
    page.type_into(ours.weights[1], "2.5")
    page.type_into(ours.bias, "1")
    (only,) = given
    same(only, image[..., 1])


def test_a_function_that_starts_to_work_computes_all_three_maps():
    """Even if only the bias changes: the library's maps are replaced."""
    function = Switch()
    function.bad = WRONG["returns nothing"][0]
    ours = ChannelExplorer(COLOR, SLICES, convolve=function)
    function.bad = twice
    page.type_into(ours.bias, "1")
    library = ChannelExplorer(COLOR, SLICES)
    for mine, right in zip(ours.maps, library.maps, strict=True):
        same(mine, 2 * right)


def test_a_wrong_map_is_reported_in_each_channel():
    """The line with the sum adds up the maps shown."""
    ours = ChannelExplorer(COLOR, SLICES, convolve=twice)
    position = ours.output.cursor
    parts = [page.expected_output(COLOR[..., k], SLICES[..., k])[position] for k in range(3)]
    assert all(parts)
    for part, products in zip(parts, ours.products, strict=True):
        right, given = page.rounded(part), page.rounded(2 * part)
        line = page.text_of(products.total)
        assert line.endswith(f" {right}. Your function gives {given} here.")
    total, left = page.rounded(2 * sum(parts)), page.rounded(max(2 * sum(parts), 0))
    assert page.text_of(ours.total).endswith(f" = {total}. ReLU gives {left}.")
