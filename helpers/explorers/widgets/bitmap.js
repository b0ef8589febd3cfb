// Conversion of bytes to the pixels of a canvas, on arrays, without the DOM.

// A color as one 32-bit number, the four bytes of a canvas pixel.
const packed = (red, green, blue) => (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;

export const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

// The color of each byte: of the palette, or gray without one.
export function colorsOf(palette) {
  return Uint32Array.from({ length: 256 }, (_, index) => (
    palette.length ? packed(...palette.subarray(3 * index, 3 * index + 3)) : packed(index, index, index)
  ));
}

// Fills `target`, a Uint32Array of one number per pixel, from one or three bytes per pixel.
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
