"""Text in static pictures, in Pillow's default font."""

from typing import Any

from PIL import Image, ImageDraw, ImageFont

FONT, LINE = 12, 18  # pixels: the size of letters, the height of a line
PAGE = 748  # pixels, of a line: as long as three pictures are wide
IN_ASCII: dict[str, str | int | None] = {
    "×": "x", "−": "-", "≤": "<=", "→": "->", "√": "sqrt", "…": "...", "⌊": "floor(", "⌋": ")",
    "✓": " ok", "✗": " wrong", "≈": "~", "·": "*",
}  # fmt: skip


def draw_text(text: str, size: int = FONT) -> Image.Image | None:
    """Draw a text, in lines as wide as the page; None if it is empty."""
    font = ImageFont.load_default(size)
    lines = wrapped(text, PAGE, font)
    if not lines:
        return None
    width = max(width_of(line, font) for line in lines)
    tile = Image.new("RGB", (width, (LINE + size - FONT) * len(lines)), "white")
    write(ImageDraw.Draw(tile), 0, lines, font)
    return tile


def wrapped(text: str, width: int, font: Any) -> list[str]:
    """Return the lines of a text, broken between words where they would exceed a width in pixels."""
    lines: list[str] = []
    for paragraph in plain(text).splitlines():
        lines.append("")
        for word in paragraph.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and width_of(longer, font) > width:
                lines.append(word)
            else:
                lines[-1] = longer
    return lines


def width_of(text: str, font: Any) -> int:
    return round(font.getlength(text)) + 1


def write(pen: ImageDraw.ImageDraw, top: int, lines: list[str], font: Any) -> None:
    for number, line in enumerate(lines):
        pen.text((0, top + 2 + number * LINE), line, fill="black", font=font)


def plain(text: str) -> str:
    """Return text without the characters that Pillow's default font lacks."""
    return text.translate(str.maketrans(IN_ASCII))
