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

const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

// Whether white can be read better than black on a color, 0 to 255; `ink_on` in colormaps.py has the same rule.
export function isDark(red, green, blue) {
  const [r, g, b] = [red, green, blue].map((part) => linear(part / 255));
  return (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) ** 2 < 1.05 * 0.05;
}
