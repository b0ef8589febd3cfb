"""Tiles: maps in rows and columns, as they travel to the page, and in the static picture."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import same

from helpers.explorers.widgets.tiles import Tiles, one_below_another
from helpers.rendering import render

SHAPES = [((3, 5, 4), 2), ((5, 3, 5), 3), ((1, 1, 7), 4), ((4, 2, 1), 8), ((2, 3, 16), 8)]
every = pytest.mark.parametrize("shape, across", SHAPES)


def filled(shape, across, view="ReLU", **traits):
    maps = np.random.default_rng(1).normal(size=shape).astype(np.float32)
    tiles = Tiles(**traits)
    tiles.show_maps(maps, render(one_below_another(maps), view).without_scale(), across)
    return tiles, maps


@every
@pytest.mark.parametrize("view", ["ReLU", "signed"])
@pytest.mark.parametrize("color", [(), (3,)], ids=["one channel", "color"])
def test_every_map_is_a_tile(shape, across, view, color):
    """All are on one scale, without gaps: the page makes them."""
    tiles, maps = filled((*shape, *color), across, view)
    drawn = render(maps.reshape(1, -1, *color), view).pixels[0]
    drawn = drawn.reshape(*maps.shape, -1) if not color else drawn.reshape(maps.shape)
    for number, tile in enumerate(tiles.tiles):
        same(tile.reshape(*shape[:2], -1), drawn[:, :, number])
        down, right = divmod(number, tiles.across)
        top, left = down * shape[0], right * shape[1]
        same(tiles.picture[top : top + shape[0], left : left + shape[1]], tile)
    assert tiles.count == len(tiles.tiles) == shape[2]


@every
@pytest.mark.parametrize("seen", [[1, 1], [3, 4], [7, 11], [400, 400]])
def test_no_pixel_on_the_page_mixes_two_tiles(shape, across, seen):
    """A picture shown smaller has whole pixels per tile: each is a mean of its own tile."""
    maps = np.broadcast_to(np.linspace(0.1, 1, shape[2]), shape).astype(np.float32)
    tiles = Tiles()
    tiles.show_maps(maps, render(one_below_another(maps), "ReLU"), across)
    page.move(tiles, seen=seen)
    sent = tiles.to_page("pixels")
    rows, columns = sent.about["rows"], sent.about["columns"]
    down = -(-shape[2] // tiles.across)
    assert rows % down == columns % tiles.across == 0
    assert rows <= shape[0] * down and columns <= shape[1] * tiles.across
    assert {*sent.data} <= {*tiles.pixels}


@every
@pytest.mark.parametrize("fill", [0.5, 1])
def test_the_static_picture(shape, across, fill):
    """Each tile is in the middle of its column, whatever share of it it fills."""
    tiles, _ = filled(shape, across, width=60 * min(across, shape[2]), fill=fill)
    still = np.asarray(tiles.still())
    for number in range(tiles.across):
        column = still[:, 60 * number : 60 * (number + 1)]
        inked = np.flatnonzero((column != 255).any(axis=(0, 2)))
        assert abs((inked[0] + inked[-1]) / 2 - 28.5) <= 1
        assert abs(inked[-1] + 1 - inked[0] - 58 * fill) <= 1


def test_captions_in_the_static_picture():
    """Below every tile; without captions there is no room for them."""
    tiles, _ = filled((4, 4, 6), 3, width=180)
    bare = tiles.still()
    tiles.captions = ["3 → 7"] * 6
    still = tiles.still()
    assert still.height == bare.height + 2 * 18
    picture = np.asarray(still)
    for top in (58, 58 + 58 + 2 + 18):
        assert (picture[top : top + 18] < 128).any()
