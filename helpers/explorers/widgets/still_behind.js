// Hides the still picture of an explorer while the explorer is drawn: the outputs above it, a note and a picture, or
// the picture in the text cell below (see saved_picture.py). Until then the note's own style does so; its :has()
// selectors would make the browser compute styles anew for every new picture.
const STAND_IN = 'img[alt^="Still picture"]';
const views = new WeakMap(); // how many views are drawn, by the note: Jupyter may draw a new one before the old goes

// Returns a function that shows it again. JupyterLab may draw a view before it is on the page.
export function hideStill(el) {
  if (el.isConnected) return hide(el);
  let show = () => {};
  const watcher = new ResizeObserver(() => {
    if (!el.isConnected) return;
    watcher.disconnect();
    show = hide(el);
  });
  watcher.observe(el);
  return () => {
    watcher.disconnect();
    show();
  };
}

// Elsewhere than among JupyterLab's outputs there is nothing to hide.
function hide(el) {
  const picture = el.closest(".jp-OutputArea-child")?.previousElementSibling;
  const note = picture?.previousElementSibling;
  if (!note?.querySelector(".explorer-still")) return () => {};
  const below = el.closest(".jp-Cell")?.nextElementSibling;
  const isStandIn = Boolean(below?.querySelector(STAND_IN));
  const hidden = isStandIn ? [note, picture, below] : [note, picture];
  const style = note.querySelector("style"); // dropped in a notebook that is not trusted
  // Shift+Enter has moved the focus to the cell below; a hidden cell would let the keyboard go nowhere.
  if (isStandIn && below.contains(document.activeElement)) {
    below.nextElementSibling?.focus({ preventScroll: true });
  }

  function count(change) {
    views.set(note, (views.get(note) ?? 0) + change);
    const isDrawn = views.get(note) > 0;
    for (const each of hidden) each.classList.toggle("explorer-behind", isDrawn);
    if (style) style.media = isDrawn ? "not all" : "";
  }
  count(1);
  return () => count(-1);
}
