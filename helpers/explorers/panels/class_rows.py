"""ClassRow: a class by its name, its newest pictures, and buttons that add and remove pictures."""

from collections.abc import Callable

import numpy as np

from helpers.explorers.models.own_pictures import check_name
from helpers.explorers.models.picture import as_photo, counted
from helpers.explorers.widgets.controls import Button
from helpers.explorers.widgets.element import row
from helpers.explorers.widgets.file_upload import FileUpload
from helpers.explorers.widgets.text_entry import TextEntry
from helpers.explorers.widgets.tiles import Tiles, one_below_another

ACROSS, TILE = 8, 29  # pictures in a row, CSS pixels of each
EMPTY = 0.5  # the gray of a place without a picture


class ClassRow:
    """One line: the name, the button that adds the picture asked about, files, the newest pictures.

    Parameters
    ----------
    name : str
    add, drop : functions that add the current picture, and remove the last one
    accept, reject : functions as for `FileUpload`
    """

    def __init__(
        self,
        name: str,
        add: Callable[[], None],
        drop: Callable[[], None],
        accept: Callable[[str, bytes], None],
        reject: Callable[[str], None],
    ):
        self.name = TextEntry("name of the class", name, "The name of this class", check_name)
        self.name.style = {"flex": "1 1 76px", "max-width": "110px"}
        self.add = Button("add", "", add)
        self.files = FileUpload("files", "", accept, reject, several=True)
        self.drop = Button("−", "", drop)
        widest = ACROSS * TILE
        self.tiles = Tiles(width=widest, style={"flex": "1 1 196px", "max-width": f"{widest}px"})
        self.box = row(
            self.name, self.add, self.files, self.drop, self.tiles,
            align_items="center", gap="4px",
        )  # fmt: skip
        self.parts = [self.name, self.add, self.files, self.drop, self.tiles]
        for button in (self.add, self.files, self.drop):
            button.style = {"flex": "none"}
        for part in self.parts:
            part.reserved = True  # nothing moves when a class comes or goes

    def hide(self, hidden: bool) -> None:
        """Hide the line, or show it."""
        for part in self.parts:
            part.hidden = hidden

    def show(self, pictures: np.ndarray | None, count: int) -> None:
        """Show the newest pictures, (H, W, n, 3), of so many."""
        name = self.name.value
        self.add.help = f"Add the picture to {name}; the network learns from it when it trains"
        self.files.help = f"Add picture files to {name}"
        self.drop.help = f"Remove the last picture of {name}"
        self.drop.disabled = not count
        shown, shape = (
            (0, (28, 28)) if pictures is None else (pictures.shape[2], pictures.shape[:2])
        )
        maps = np.full((*shape, ACROSS, 3), EMPTY, np.float32)
        if pictures is not None:
            maps[:, :, :shown] = pictures
        newest = f", the newest {shown}" if count > shown else ""
        alt = f"{name}, {counted(count, 'picture')}{newest}"
        self.tiles.show_maps(maps, as_photo(one_below_another(maps)), ACROSS, alt=alt)
