// Numbers that are dragged or stepped by keys, without the DOM.
//
// `scale` says how pixels become numbers: { min, max, step, unit, magnet, more }, where `unit` is the pixels from one
// whole number to the next, of which `magnet` pixels around each whole number give that number. A long drag goes
// further: by `more`, if it is FAR pixels long.

const WEIGHT_STEP = 1; // pixels a step of a weight
const MAGNET = 6; // pixels
const WIDEST_STEP = 24; // pixels a step of a single number, if few of them share its width
const NARROWEST_STEP = 2; // pixels a step of a whole number; one of many decimals has half of it
const NEAR = 24; // pixels of a drag that are all alike; it speeds up beyond
const FAR = 240; // pixels of a drag from one end of a long range to the other
const LARGE = 10; // steps of Page Up and Page Down
const FINE = 10; // parts of a step or of a pixel, with Shift

// A number as text that fits its cell: few decimals, at most `most`, but all digits before the point.
export function tidy(value, step, most = Infinity) {
  const decimals = Math.min(most, Math.max(0, Math.round(3 - Math.log10(step))));
  const digits = Math.max(4, String(Math.trunc(Math.abs(value))).length);
  return String(Number(Number(Number(value).toPrecision(digits)).toFixed(decimals)));
}

const limited = (value, { min, max }) => Math.min(max, Math.max(min, value));

// Without the errors of rounding in the last digits.
const exact = (value) => Number(value.toPrecision(15));

// The scale of a weight in a grid: about a step a pixel.
export function scaleOfWeight({ min, max, step }) {
  const magnet = step < 1 ? MAGNET : 0;
  return { min, max, step, magnet, more: 0, unit: Number.isInteger(step) ? MAGNET / step : WEIGHT_STEP / step + magnet };
}

// The scale of a single number. Its range is as wide as its cell; one that is too long for that is crossed slowly at
// first, so that every number can be hit, and faster and faster.
export function scaleOfNumber({ min, max, step }, width) {
  const limits = { min, max, step };
  const unit = Math.min(width / Math.max(max - min, step), WIDEST_STEP / step);
  const narrowest = Number.isInteger(step) ? NARROWEST_STEP : NARROWEST_STEP / 2;
  if (unit * step >= narrowest) return { ...limits, unit, magnet: step < 1 ? Math.min(MAGNET, 0.4 * unit) : 0, more: 0 };
  const slow = narrowest / step;
  return { ...limits, unit: slow, magnet: 0, more: Math.max(0, max - min - FAR / slow) };
}

// What a drag adds because it is long.
function sped(pixels, more) {
  const share = Math.max(0, Math.abs(pixels) - NEAR) / (FAR - NEAR);
  return Math.sign(pixels) * more * share ** 3;
}

function numberAt(pixels, { unit, magnet }) {
  const whole = Math.round(pixels / unit);
  const beyond = pixels - whole * unit;
  return whole + Math.sign(beyond) * (Math.max(0, Math.abs(beyond) - magnet / 2) / (unit - magnet));
}

function pixelsAt(number, { unit, magnet }) {
  const whole = Math.round(number);
  const beyond = number - whole;
  return whole * unit + Math.sign(beyond) * (magnet / 2 + Math.abs(beyond) * (unit - magnet));
}

const fineStep = (step) => (Number.isInteger(step) ? step : step / FINE);

// The number after a drag by `pixels` from the place of `start`; a fine one moves a tenth as fast, without magnet.
export function dragged(start, pixels, scale, fine) {
  if (pixels === 0) return start;
  const number = fine
    ? start + pixels / FINE / (scale.unit - scale.magnet)
    : numberAt(pixelsAt(start, scale) + pixels, scale) + sped(pixels, scale.more);
  const step = fine ? fineStep(scale.step) : scale.step;
  return limited(exact(Math.round(number / step) * step), scale);
}

const STEPS_OF = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: LARGE, PageDown: -LARGE };

// The number that a key leads to; null for other keys.
export function afterKey(key, shift, value, limits) {
  if (key === "Home") return limits.min;
  if (key === "End") return limits.max;
  if (!STEPS_OF[key]) return null;
  const step = shift ? fineStep(limits.step) : limits.step;
  return limited(exact(value + STEPS_OF[key] * step), limits);
}

// Where the bar of a number begins and ends, and where the number lies, in shares of the width: from 0, if that is
// in the range.
export function barOf(value, { min, max }) {
  const share = (number) => (max > min ? (number - min) / (max - min) : 0);
  const zero = share(Math.min(max, Math.max(min, 0)));
  const at = share(value);
  return { from: Math.min(zero, at), to: Math.max(zero, at), at };
}
