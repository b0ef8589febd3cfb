// Keeps Tab in the order that is seen: CSS moves the pictures above the panel in a narrow container.

export function keepOrder(group) {
  const [panel, pictures] = group.children;
  panel.classList.add("beside-panel");
  pictures.classList.add("beside-pictures");
  const move = group.moveBefore ?? group.insertBefore; // the first keeps the focus
  const watcher = new ResizeObserver(() => {
    const first = getComputedStyle(pictures).order === "-1" ? pictures : panel;
    if (group.firstElementChild !== first) move.call(group, first, group.firstElementChild);
  });
  watcher.observe(group);
}
