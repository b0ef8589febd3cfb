// Search in the browser: search.json is read when somebody begins to type, and nothing is sent.

export const MOST = 12;

/** The entries in which every word begins some word; those with a hit in the heading come first. */
export function find(entries, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const has = (text, word) =>
    new RegExp("(^|[^\\p{L}\\p{N}])" + word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "iu").test(text);
  const score = ([, lesson, heading, text]) => {
    let sum = 0;
    for (const word of words) {
      const points = has(heading, word) ? 3 : has(lesson, word) ? 2 : has(text, word) ? 1 : 0;
      if (!points) return 0;
      sum += points;
    }
    return sum;
  };
  return entries
    .map((entry) => [score(entry), entry])
    .filter(([points]) => points)
    .sort(([one], [other]) => other - one)
    .slice(0, MOST)
    .map(([, entry]) => entry);
}

/** A part of the text around the first of the words. */
export function excerpt(text, query, length = 110) {
  const word = query.toLowerCase().split(/\s+/).filter(Boolean)[0] ?? "";
  const start = Math.max(0, text.toLowerCase().indexOf(word) - length / 3);
  const part = text.slice(start, start + length).trim();
  return (start ? "… " : "") + part + (start + length < text.length ? " …" : "");
}

if (typeof document !== "undefined") {
  const [input, list, status] = ["search", "found", "status"].map((id) => document.getElementById(id));
  const root = document.body.dataset.root;
  let entries;
  const item = (entry) => {
    const [line, link, where] = ["li", "a", "small"].map((name) => document.createElement(name));
    link.href = root + entry[0];
    link.textContent = entry[2];
    where.textContent = `${entry[1]} · ${excerpt(entry[3], input.value)}`;
    link.append(where);
    line.append(link);
    return line;
  };
  const show = async () => {
    entries ??= fetch(root + "search.json").then((answer) => answer.json());
    const found = find(await entries, input.value);
    list.replaceChildren(...found.map(item));
    list.hidden = !found.length;
    const count = found.length === MOST ? `${MOST} or more` : found.length || "nothing";
    status.textContent = input.value.trim() ? `${count} found` : "";
  };
  input.addEventListener("input", show);
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") list.hidden = true;
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("search")) list.hidden = true;
  });
}
