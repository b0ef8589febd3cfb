// How bytes become the pixels of a canvas. Arrays in and out; nothing knows the page.

// A color as the number that four bytes of a canvas are.
const packed = (red, green, blue) => (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;

export const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

// The 256 colors that one byte may stand for: grays, unless there is a palette.
export function colorsOf(palette) {
  return Uint32Array.from({ length: 256 }, (_, level) => (
    palette.length ? packed(...palette.subarray(3 * level, 3 * level + 3)) : packed(level, level, level)
  ));
}

// Fill `target`, a Uint32Array with a number a pixel, from one byte or three bytes a pixel.
export function fillPixels(target, source, palette) {
  if (source.length === target.length) {
    const colors = colorsOf(palette);
    for (let i = 0; i < target.length; i += 1) target[i] = colors[source[i]];
  } else {
    for (let i = 0, j = 0; i < target.length; i += 1, j += 3) target[i] = packed(source[j], source[j + 1], source[j + 2]);
  }
}

// Whether a number printed on this color should be white.
export const isDark = (red, green, blue) => 0.299 * red + 0.587 * green + 0.114 * blue <= 120;
