"""Tiles: the maps of a stack as tiles in rows and columns, with captions below them."""

from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from traitlets import Float, Int, List, Unicode

from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.still import FRAME, draw_below
from helpers.explorers.widgets.still_text import FONT, LINE, plain, width_of
from helpers.rendering import View

GAP = 2  # CSS pixels between two tiles
WIDEST_STILL = 480  # pixels


class Tiles(ImageView):
    """The maps of a stack, (H, W, C), or (H, W, C, 3) in color, as tiles with gaps between them.

    All maps share one scale. Two stacks with as many tiles `across` have the same columns, whatever
    the sizes of their maps: filter k can stand above its feature map k. `fill` is the fraction of its
    column that a tile takes; `captions` are the texts below the tiles.
    """

    kind = "tiles"

    across = Int(1).tag(page=True)
    count = Int(1).tag(page=True)
    fill = Float(1.0).tag(page=True)
    captions = List(Unicode()).tag(page=True)

    def show_maps(self, maps: np.ndarray, view: View, across: int, **traits: Any) -> None:
        """Show maps, `across` of them in a row; `view` is that of `one_below_another(maps)`."""
        rows, columns, count = maps.shape[:3]
        self.maps, self.count, self.across = maps, count, min(across, count)
        down = -(-count // self.across)
        tiles = np.zeros((down * self.across, rows, columns, *view.data.shape[2:]), np.uint8)
        tiles[:count] = view.data.reshape(count, *tiles.shape[1:])
        page = tiles.reshape(down, self.across, *tiles.shape[1:]).swapaxes(1, 2)
        page = page.reshape(down * rows, self.across * columns, *page.shape[4:])
        self.show(view._replace(data=page), **traits)

    @property
    def tiles(self) -> np.ndarray:
        """The uint8 pixels of every tile, (C, H, W) or (C, H, W, 3)."""
        rows, columns, *rest = self.picture.shape
        across, down = self.across, -(-self.count // self.across)
        page = self.picture.reshape(down, rows // down, across, columns // across, *rest)
        return page.swapaxes(1, 2).reshape(-1, rows // down, columns // across, *rest)[: self.count]

    def _size(self, seen: tuple[int, int]) -> tuple[int, int]:
        """Return a size of whole pixels per tile, so that no pixel mixes two tiles."""
        counts = -(-self.count // self.across), self.across
        rows, columns = (
            tiles * max(1, size // tiles)
            for size, tiles in zip(super()._size(seen), counts, strict=True)
        )
        return rows, columns

    def still(self) -> Image.Image:
        column = min(WIDEST_STILL, self.width) // self.across
        rows, columns = self.tiles.shape[1:3]
        wide = max(1, round(self.fill * (column - GAP)))
        high = max(1, wide * rows // columns)
        step = high + GAP + LINE * bool(self.captions)
        top, below = LINE * bool(self.title), draw_below(self, column * self.across)
        bottom = top + step * -(-self.count // self.across)
        font = ImageFont.load_default(FONT)
        width = max(column * self.across, width_of(plain(self.title), font), below.width)
        page = Image.new("RGB", (width, bottom + below.height), "white")
        pen = ImageDraw.Draw(page)
        for number, tile in enumerate(self.tiles):
            down, right = divmod(number, self.across)
            left, upper = right * column + (column - GAP - wide) // 2, top + down * step
            picture = Image.fromarray(tile).convert("RGB")
            page.paste(picture.resize((wide, high), Image.Resampling.NEAREST), (left, upper))
            pen.rectangle((left, upper, left + wide - 1, upper + high - 1), outline=FRAME)
            if self.captions:
                middle = left + wide / 2, upper + high + 2
                pen.text(middle, plain(self.captions[number]), "black", font, anchor="ma")
        pen.text((0, 1), plain(self.title), "black", font)
        page.paste(below, (0, bottom))
        return page


def one_below_another(maps: np.ndarray) -> np.ndarray:
    """Return maps, (H, W, C, …), as one picture, (C·H, W, …), so that they are drawn on one scale."""
    rows, columns, count = maps.shape[:3]
    return np.moveaxis(maps, 2, 0).reshape(count * rows, columns, *maps.shape[3:])
