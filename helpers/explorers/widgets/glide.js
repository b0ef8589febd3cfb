// Numbers that glide to their new values in a moment, so that the eye can follow what moves.

const MOMENT = 130; // milliseconds

export const prefersStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

// The numbers after a share of the way, from 0 to 1; slower toward its end.
export function between(from, to, share) {
  const part = 1 - (1 - Math.max(0, Math.min(1, share))) ** 3;
  return from.map((value, k) => value + (to[k] - value) * part);
}

// Holds numbers; calls `draw()` for each frame of the way when they glide to others.
export function createGlide(draw) {
  let [from, at, goal] = [[], [], []];
  let since = 0;
  let frame = 0;

  function step() {
    const share = (performance.now() - since) / MOMENT;
    at = between(from, goal, share);
    frame = share < 1 ? requestAnimationFrame(step) : 0;
    draw();
  }

  function stop() {
    cancelAnimationFrame(frame);
    frame = 0;
  }

  return {
    stop,
    now: () => at,
    moveTo(next, glides) {
      const fits = next.length === at.length;
      const isNew = !fits || next.some((value, k) => value !== goal[k]);
      goal = next;
      if (glides && fits && isNew && !prefersStill()) {
        from = at;
        since = performance.now();
        frame ||= requestAnimationFrame(step);
      } else if (!fits || !frame) { // numbers on their way go on to the new goal
        stop();
        at = next;
      }
    },
  };
}
