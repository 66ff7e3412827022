// The page: search, list, legend, keys and permalinks around the picture and the panel.

const find = (id) => document.getElementById(id);
const FIRST = 60; // rows of the list before more are made
const state = { kinds: new Set(), relations: new Set(), minor: false, forced: new Set(), target: null, active: -1, rows: [], fragment: "" };

// ---------------------------------------------------------------- what is on show
const isEntity = (node) => entityRow.has(node);
const kindNamed = (name) => data.kinds.findIndex((kind) => kind.name === name);
const [CLAIM, DOCUMENT] = [kindNamed("CLAIM"), kindNamed("DOCUMENT")];
const claimsShown = () => state.kinds.has(CLAIM);

function passes(node) {
  if (!state.kinds.has(nodes.kind[node])) return false;
  return !nodes.minor[node] || state.minor || state.kinds.has(DOCUMENT);
}

const isShown = (node) => passes(node) || state.forced.has(node);
const endsOf = (target) => (!target ? [] : target.line === undefined ? [target.node] : [lines.source[target.line], lines.target[target.line]]);

// What is chosen is drawn even where a filter hides it, among the names it is joined to
function forcedFor(target) {
  const own = endsOf(target);
  const alone = own.length === 1 && !passes(own[0]);
  const beside = alone ? linesOf(own[0]).map((line) => otherEnd(line, own[0])).filter(isEntity).slice(0, 60) : [];
  return new Set([...own, ...beside].filter((node) => !passes(node)));
}

function isDrawn(line) {
  const relation = lines.relation[line];
  if (relation === SAID_ABOUT) return !claimsShown() && state.relations.has(relation);
  return state.relations.has(relation);
}

function refresh() {
  state.forced = forcedFor(state.target);
  const place = { position: view.network.getViewPosition(), scale: view.network.getScale() };
  showNodes(isShown, isDrawn);
  view.network.moveTo({ ...place, animation: false });
  setSelected(state.target);
  tellHidden();
}

function tellHidden() {
  const waiting = nodes.minor.filter((minor, node) => minor && !view.shown[node]).length;
  const button = find("minor");
  button.hidden = !nodes.minor.includes(1) || state.kinds.has(DOCUMENT);
  button.setAttribute("aria-pressed", String(state.minor));
  button.textContent = state.minor ? "Hide the unconnected" : `Show ${waiting.toLocaleString("en-GB")} unconnected`;
}

// ---------------------------------------------------------------- legend
function legend() {
  const counts = data.kinds.map((_, kind) => nodes.kind.filter((other) => other === kind).length);
  const kinds = data.kinds.map((kind, place) => toggle(state.kinds, place, [shapeIcon(place), el("span", {}, kind.plural), el("span", { class: "count" }, counts[place].toLocaleString("en-GB"))], { "data-kind": kind.name }));
  find("kinds").replaceChildren(...kinds.filter((_, place) => counts[place]));
}

function toggle(chosen, value, content, attributes) {
  const button = el("button", { type: "button", class: "toggle", "aria-pressed": String(chosen.has(value)), ...attributes }, content);
  button.addEventListener("click", () => {
    if (!chosen.delete(value)) chosen.add(value);
    button.setAttribute("aria-pressed", String(chosen.has(value)));
    refresh();
    if (!state.target) fitAll();
    listRows();
  });
  return button;
}

function chooseDefaults() {
  data.kinds.forEach((kind, place) => place !== CLAIM && place !== DOCUMENT && state.kinds.add(place));
  relationNames.forEach((_, place) => state.relations.add(place));
  const joinedUp = lines.relation.filter((relation, line) => isEntity(lines.source[line]) && isEntity(lines.target[line])).length;
  if (!joinedUp) state.kinds.add(CLAIM);
}

// ---------------------------------------------------------------- search and list
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const haystack = nodes.id.map((_, node) => plain([nameOf(node), ...(entityRow.has(node) ? data.entities.aliases[entityRow.get(node)] : []),
  claimRow.has(node) ? `${claimQuote(claimOf(node))} ${spokenBy(node)}` : ""].join(" ")));

function matches(query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (!words.length) return ORDER.filter((node) => state.kinds.has(nodes.kind[node]));
  const rank = (node) => (haystack[node].startsWith(words[0]) ? 0 : 1) + (isEntity(node) ? 0 : 2);
  return ORDER.filter((node) => words.every((word) => haystack[node].includes(word))).sort((a, b) => rank(a) - rank(b));
}

function listRows(count = FIRST) {
  const query = find("search").value;
  const found = matches(query);
  state.rows = found.slice(0, count);
  state.active = -1;
  find("list").replaceChildren(...state.rows.map(listRow));
  find("found").textContent = query.trim() ? plural(found.length, "result") : plural(found.length, "entry", "entries");
  find("more").hidden = found.length <= count;
  find("more").onclick = () => { listRows(count + 200); find("list").children[count]?.focus(); };
  document.body.classList.toggle("searching", Boolean(query.trim()));
  markActive();
}

function listRow(node, place) {
  const row = el("li", { id: `row-${place}`, role: "option", "aria-selected": "false", tabindex: "-1" }, shapeIcon(nodes.kind[node]),
    el("span", { class: "name" }, claimRow.has(node) ? [el("span", { class: "quote" }, nameOf(node)), el("span", { class: "small" }, ` ${spokenBy(node)}`)] : nameOf(node)),
    nodes.degree[node] ? el("span", { class: "count" }, String(nodes.degree[node])) : "");
  row.addEventListener("click", () => open({ node }, true));
  return row;
}

function markActive() {
  const rows = [...find("list").children];
  rows.forEach((row, place) => {
    row.setAttribute("aria-selected", String(place === state.active));
    row.classList.toggle("current", Boolean(state.target) && state.rows[place] === state.target.node);
  });
  const active = rows[state.active];
  if (active) find("search").setAttribute("aria-activedescendant", active.id);
  else find("search").removeAttribute("aria-activedescendant");
  active?.scrollIntoView({ block: "nearest" });
}

function searchKeys(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    if (step > 0 && state.active === state.rows.length - 1 && !find("more").hidden) {
      const before = state.active;
      listRows(state.rows.length + 200);
      state.active = before;
    }
    state.active = Math.max(0, Math.min(state.rows.length - 1, state.active + step));
    markActive();
  } else if (event.key === "Enter" && state.rows.length) {
    event.preventDefault();
    open({ node: state.rows[Math.max(0, state.active)] }, true);
    find("panel").focus();
  }
}

// ---------------------------------------------------------------- choosing
// A page inside another (a notebook's srcdoc) has no address of its own: it remembers, and leaves the reader's history alone
const framed = location.protocol === "about:";

function open(target, centre = false) {
  state.centre = centre;
  const fragment = fragmentOf(target);
  if (framed) state.fragment = fragment;
  else if (location.hash.slice(1) !== fragment) history.pushState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
  follow();
}

function follow() {
  state.target = targetOf(framed ? state.fragment : location.hash.slice(1));
  const own = endsOf(state.target);
  if (state.forced.size || own.some((node) => !view.shown[node])) refresh();
  else setSelected(state.target);
  if (own.length && (state.centre || !onScreen(own[0]))) centreOn(own[0]);
  state.centre = true;
  showPanel();
  markActive();
}

function onScreen(node) {
  const { x, y } = view.network.canvasToDOM({ x: view.x[node], y: view.y[node] });
  const box = find("canvas").getBoundingClientRect();
  return x > 20 && y > 20 && x < box.width - 20 && y < box.height - 20;
}

function showPanel() {
  const { kicker, kind, parts } = panelFor(state.target);
  find("kicker").replaceChildren(kind === undefined ? "" : shapeIcon(kind), kicker);
  find("body").replaceChildren(...parts.filter(Boolean));
  find("close").hidden = !state.target;
  find("panel").scrollTop = 0;
  document.body.classList.toggle("chosen", Boolean(state.target));
  const title = state.target && state.target.node !== undefined ? nameOf(state.target.node) : state.target ? lineWords(state.target.line) : "";
  document.title = title ? `${title} – ${data.title}` : data.title;
  find("said").textContent = title ? `${kicker}: ${title}` : "";
}

// ---------------------------------------------------------------- keys
function pageKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target === find("search");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    find("search").select();
  } else if (event.key === "Escape") escape(typing);
}

function escape(typing) {
  if (typing && find("search").value) {
    find("search").value = "";
    listRows();
  } else if (state.target) {
    open(null);
    find("search").focus({ preventScroll: true });
  } else document.activeElement?.blur();
}

function canvasKeys(event) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (way) {
    event.preventDefault();
    const from = state.target && state.target.node !== undefined ? state.target.node : -1;
    const next = from < 0 ? ORDER.find((node) => view.shown[node]) : nodeTowards(from, ...way);
    if (next >= 0) open({ node: next });
  } else if (event.key === "Enter") find("panel").focus();
  else if (event.key === "+" || event.key === "=") zoomBy(1.3);
  else if (event.key === "-") zoomBy(1 / 1.3);
  else if (event.key === "0") fitAll();
}

// In a notebook the wheel scrolls past the picture until the reader has clicked into it
function scrollPast(event) {
  if (framed && !document.hasFocus()) event.stopPropagation();
}

// ---------------------------------------------------------------- light and dark
function applyTheme() {
  readTheme();
  if (view.network) view.network.redraw();
}

function startTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", applyTheme);
  find("theme").addEventListener("click", () => {
    const now = getComputedStyle(document.documentElement).getPropertyValue("--scheme").trim();
    document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
    applyTheme();
  });
  applyTheme();
}

// ---------------------------------------------------------------- start
function masthead() {
  const dates = documents.published.filter(Boolean).sort();
  const outlets = unique(documents.publisher.filter(Boolean)).length;
  const entities = data.entities.node.length;
  const words = [plural(documents.node.length, "article"), outlets > 1 && `from ${plural(outlets, "outlet")}`, plural(data.claims.node.length, "claim"), plural(entities, "name")];
  if (dates.length) words.push(unique([dateText(dates[0], "short"), dateText(dates.at(-1), "short")]).join(" – "));
  find("totals").textContent = words.filter(Boolean).join(" · ");
}

function start() {
  chooseDefaults();
  startTheme();
  masthead();
  legend();
  startCanvas(find("canvas"), (target) => open(target));
  showNodes(isShown, isDrawn);
  fitAll(false);
  tellHidden();
  find("minor").addEventListener("click", () => { state.minor = !state.minor; refresh(); fitAll(); });
  find("search").addEventListener("input", () => listRows());
  find("search").addEventListener("keydown", searchKeys);
  find("list-toggle").addEventListener("click", () => {
    find("list-toggle").setAttribute("aria-expanded", String(document.body.classList.toggle("listing")));
  });
  find("close").addEventListener("click", () => open(null));
  find("canvas").addEventListener("keydown", canvasKeys);
  find("canvas").addEventListener("wheel", scrollPast, { capture: true });
  find("zoom-in").addEventListener("click", () => zoomBy(1.4));
  find("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
  find("fit").addEventListener("click", () => fitAll());
  document.addEventListener("keydown", pageKeys);
  addEventListener("hashchange", follow);
  new ResizeObserver(() => (view.whole ? fitAll(false) : view.network.redraw())).observe(find("canvas"));
  listRows();
  follow();
}

// For pages that embed this one, and for tests: where things lie on the screen, and what is on show
function onPage(x, y) {
  const box = find("canvas").getBoundingClientRect();
  const spot = view.network.canvasToDOM({ x, y });
  return { x: box.x + spot.x, y: box.y + spot.y };
}

window.newskg = Object.freeze({
  place: (id) => onPage(view.x[byId.get(id)], view.y[byId.get(id)]),
  between: (id, other) => {
    const [a, b] = [byId.get(id), byId.get(other)];
    const line = view.drawn.find((row) => lines.source[row] === a && lines.target[row] === b);
    return onPage(...along(a, ...control(line), b, 0.5));
  },
  labels: () => view.labels.map(([left, top, right, bottom]) => [left, top, right, bottom]),
  shown: () => nodes.id.filter((_, node) => view.shown[node]),
});
start();
