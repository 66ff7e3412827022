// Evidence: the small parts of the panel, and words marked in their article.

const MANY = 12; // items of a section before "show all"

// ---------------------------------------------------------------- small parts
const shapePath = (kind) => SHAPES[data.kinds[kind].name] || SHAPES.PERSON;
const shapeIcon = (kind) => svg("svg", { viewBox: "-1.3 -1.3 2.6 2.6", class: "shape", "aria-hidden": "true" },
  svg("path", { d: shapePath(kind), style: `fill:var(--kind-${kind})` }));

const goto = (target) => () => choose(target, true);
const nodeLink = (node) => el("button", { type: "button", class: "link", onclick: goto({ node }) }, nameOf(node));
const nodeChip = (node) => el("button", { type: "button", class: "chip", onclick: goto({ node }) }, shapeIcon(nodes.kind[node]), nameOf(node));
const badge = (text, kind = "") => el("span", { class: `badge ${kind}` }, text);
const joined = (items, by = ", ") => items.flatMap((item, place) => (place ? [by, item] : [item]));

function score(value, of) {
  const words = `${Math.round(value * 100)}% ${of}`;
  const bar = el("span", { class: "bar" }, el("span", { style: `width:${Math.round(value * 100)}%` }));
  bar.setAttribute("aria-hidden", "true");
  return el("span", { class: "score", title: words }, bar, words);
}

function section(title, items, render, look = "") {
  if (!items.length) return null;
  const list = el("ul", { class: `items ${look}` }, items.slice(0, MANY).map((item) => el("li", {}, render(item))));
  const count = el("span", { class: "count" }, items.length.toLocaleString("en-GB"));
  const part = el("section", {}, el("h3", {}, title, " ", count), list);
  if (items.length > MANY) {
    const more = el("button", { type: "button", class: "more" }, `Show all ${items.length.toLocaleString("en-GB")}`);
    more.addEventListener("click", () => {
      const rest = items.slice(MANY).map((item) => el("li", {}, render(item)));
      list.append(...rest);
      more.remove();
      rest[0].querySelector("button, a, summary")?.focus();
    });
    part.append(more);
  }
  return part;
}

function byline(node) {
  const item = article(node);
  const when = item.published ? el("time", { datetime: item.published }, dateText(item.published)) : "";
  return el("span", { class: "byline" }, joined([item.publisher, when].filter(Boolean), " · "));
}

// ---------------------------------------------------------------- the words in their article
// Paragraphs end at blank lines, or at line ends in texts that have none
function paragraphs(text) {
  const gap = /\n[ \t\r]*\n/.test(text) ? /\n\s*\n/g : /\r?\n/g;
  const found = [];
  let start = 0;
  for (const end of [...text.matchAll(gap), null]) {
    const stop = end ? end.index : text.length;
    if (text.slice(start, stop).trim()) found.push([start, stop]);
    if (end) start = end.index + end[0].length;
  }
  return found;
}

const markOf = (span, kind, extra = {}) => ({ start: spans.start[span], end: spans.end[span], kind, ...extra });

function marked(text, start, end, marks) {
  const inside = marks.filter((mark) => mark.start < end && mark.end > start);
  const cuts = unique([start, end, ...inside.flatMap((mark) => [Math.max(start, mark.start), Math.min(end, mark.end)])]).sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, place) => {
    const covering = inside.filter((mark) => mark.start <= from && mark.end >= cuts[place + 1]);
    const words = text.slice(from, cuts[place + 1]);
    if (!covering.length) return words;
    const opens = covering.find((mark) => mark.opens !== undefined);
    const kinds = unique(covering.map((mark) => mark.kind));
    const element = el("mark", { class: kinds.join(" "), title: kinds.join(", ") }, words);
    if (!opens) return element;
    element.classList.add("opens");
    element.addEventListener("click", goto({ node: opens.opens }));
    return element;
  });
}

// The paragraphs that hold the marks, between their neighbours; a click shows the whole article
function excerpt(node, marks, whole = false) {
  const text = textOf(node);
  const all = paragraphs(text);
  const hit = all.map(([start, end]) => marks.some((mark) => mark.start < end && mark.end > start));
  const near = (place) => hit[place] || hit[place - 1] || hit[place + 1];
  const box = el("div", { class: "excerpt", lang: "en" });
  const fill = (shown) => {
    const parts = [];
    all.forEach(([start, end], place) => {
      if (!shown(place)) return;
      if (place && !shown(place - 1)) parts.push(el("p", { class: "gap", "aria-hidden": "true" }, "…"));
      parts.push(el("p", { class: hit[place] ? "hit" : "beside" }, marked(text, start, end, marks)));
    });
    box.replaceChildren(...parts);
  };
  fill(whole ? () => true : near);
  if (whole || all.every((_, place) => near(place))) return box;
  const more = el("button", { type: "button", class: "more" }, "Read the whole article");
  more.addEventListener("click", () => { fill(() => true); more.remove(); });
  return [box, more];
}

function headline(node) {
  const item = article(node);
  const line = el("p", { class: "headline" }, nodeLink(node));
  const origin = item.url ? el("span", { class: "origin" }, outside(item.url, "Original")) : "";
  return el("div", { class: "head" }, line, el("p", { class: "small" }, joined([byline(node), origin].filter(Boolean), " · ")));
}

// One article's share of some evidence, folded until asked for
function folded(node, marks, summary, open = false) {
  const details = el("details", open ? { open: "" } : {}, el("summary", {}, summary));
  const fill = () => details.children.length < 2 && details.append(headline(node), ...[excerpt(node, marks)].flat());
  details.addEventListener("toggle", fill);
  if (open) fill();
  return details;
}

// Any spans, gathered by article
function evidenceList(rows, kind = "mention") {
  const byArticle = new Map();
  for (const span of rows) {
    const node = spans.document[span];
    byArticle.set(node, [...(byArticle.get(node) || []), span]);
  }
  return [...byArticle].map(([node, own]) => folded(node, own.map((span) => markOf(span, kind)), [
    el("q", {}, clipped(quote(own[0]), 140)), " ", el("span", { class: "byline" }, `${article(node).publisher || nameOf(node)}, ${dateText(article(node).published, "short")}`),
  ]));
}
