// The page: choosing, changing and starting; picture, list, sheets and panel follow from the state.

const find = (id) => document.getElementById(id);
const TAB_PAD = 28; // pixels beside the tabs, as in the style
const PHONE = 600; // pixels of a canvas too narrow for every name
// A page inside another (a notebook's srcdoc) has no address of its own: it remembers, and leaves the reader's history alone
const framed = location.protocol === "about:";
const shownAs = { fragment: "", look: "", near: null, few: false, theme: "" }; // what the picture was last drawn for

// ---------------------------------------------------------------- what is on show
const fewNodes = new Set(data.few.node);

function passes(node) {
  if (!state.kinds.has(nodes.kind[node]) || !passing.nodes[node]) return false;
  if (shownAs.near && !shownAs.near.has(node)) return false;
  if (state.few) return fewNodes.has(node);
  return !nodes.minor[node] || state.all || shownAs.near || state.kinds.has(DOCUMENT);
}

// What is open is drawn even where a filter hides it, among the names it is joined to
function forcedFor(target) {
  if (target && target.path) return new Set((shortestPath(...target.path) || []).flatMap((line) => [lines.source[line], lines.target[line]]).concat(target.path));
  const own = endsOf(target);
  const alone = own.length === 1 && !passes(own[0]);
  const beside = alone ? linesOf(own[0]).map((line) => otherEnd(line, own[0])).filter(isEntity).slice(0, 60) : [];
  return new Set([...own, ...beside].filter((node) => !passes(node)));
}

function isDrawn(line) {
  const relation = lines.relation[line];
  if (!passing.lines[line] || !state.relations.has(relation)) return false;
  return relation !== SAID_ABOUT || !state.kinds.has(CLAIM);
}

function drawPicture() {
  shownAs.near = state.focus && new Set(nodesWithin(state.focus));
  if (state.few && endsOf(state.target).some((node) => !fewNodes.has(node))) state.few = false;
  arrange();
  state.forced = forcedFor(state.target);
  const place = { position: view.network.getViewPosition(), scale: view.network.getScale() };
  showNodes((node) => passes(node) || state.forced.has(node), isDrawn);
  view.network.moveTo({ ...place, animation: false });
  setSelected(state.target);
  tellHidden();
  tellFocus();
}

// Names within so many steps, and the claims and articles among them
function nodesWithin({ node, steps }) {
  const names = [...within(node, steps).keys()];
  const beside = names.flatMap((name) => linesOf(name).map((line) => otherEnd(line, name))).filter((other) => !isEntity(other));
  return names.concat(beside);
}

// The whole picture, or the few with places of their own; nodes that the reader has moved stay where they are
function arrange() {
  if (state.few === shownAs.few) return;
  shownAs.few = state.few;
  for (let node = 0; node < NODES; node += 1) [view.x[node], view.y[node]] = [nodes.x[node], nodes.y[node]];
  if (state.few) data.few.node.forEach((node, row) => { [view.x[node], view.y[node]] = [data.few.x[row], data.few.y[row]]; });
}

function tellHidden() {
  const waiting = (node) => isEntity(node) && passing.nodes[node] && state.kinds.has(nodes.kind[node]);
  const hidden = nodes.id.reduce((sum, _, node) => sum + (waiting(node) && !view.shown[node] ? 1 : 0), 0);
  const shown = nodes.id.reduce((sum, _, node) => sum + (waiting(node) && view.shown[node] ? 1 : 0), 0);
  const button = find("hidden");
  button.hidden = Boolean(state.focus) || (!hidden && !state.all);
  button.textContent = hidden ? `${number(shown)} names, ${number(hidden)} hidden · Show all` : "Hide the less connected";
}

function showHidden() {
  if (state.few) state.few = false;
  else state.all = !state.all;
  remember(false);
  follow(false);
  fitAll();
}

// The strip above the picture: what it is narrowed to, and what is awaited
function tellFocus() {
  const parts = [];
  if (state.picking >= 0) parts.push(el("span", {}, "Path from ", el("strong", {}, nameOf(state.picking)), ": now choose another name, in the picture or the list"), closing("Give up the path", () => pickFrom(-1)));
  else if (state.focus) parts.push(el("span", {}, `Within ${plural(state.focus.steps, "step")} of `, el("strong", {}, nameOf(state.focus.node))), closing("Show all again", () => focusOn(null)));
  find("strip").hidden = !parts.length;
  find("strip").replaceChildren(...parts);
}

const closing = (label, act) => el("button", { type: "button", class: "quiet", "aria-label": label, onclick: act }, "✕");

// ---------------------------------------------------------------- choosing
function remember(push) {
  const fragment = fragmentOf();
  if (framed) shownAs.fragment = fragment;
  else if (location.hash.slice(1) !== fragment) history[push ? "pushState" : "replaceState"](null, "", fragment ? `#${fragment}` : location.pathname + location.search);
}

// Open a node, a line, a path or a time; null closes
function choose(target, centre = false) {
  const end = target && target.node;
  if (state.picking >= 0 && end !== undefined && end !== null && end !== state.picking && isEntity(end)) {
    state.target = { path: [state.picking, end] };
    state.picking = -1;
    if (state.view !== "graph") state.view = "graph";
  } else {
    state.target = target;
    state.picking = -1;
  }
  remember(true);
  follow(centre);
}

// Change filters, focus or view
function change(edit) {
  edit();
  remember(false);
  follow(false);
}

function focusOn(focus) {
  change(() => { state.focus = focus; if (focus) state.view = "graph"; });
  fitAll();
}

function pickFrom(node) {
  state.picking = node;
  tellFocus();
  if (node >= 0) find("said").textContent = `Path from ${nameOf(node)}: now choose another name`;
  if (node >= 0 && state.view !== "graph") change(() => { state.view = "graph"; });
  if (node >= 0) find("search").focus();
}

// Everything as the state says; what has not changed is left alone
function follow(centre) {
  const look = JSON.stringify([[...state.kinds], [...state.relations], state.all, state.few, state.filter, SETS.map((name) => [...state.filter[name]]), state.focus]);
  const changed = look !== shownAs.look;
  if (changed) applyFilter();
  if (changed || state.view !== document.body.dataset.view) showView();
  else markChosen();
  const own = endsOf(state.target);
  if (changed || state.forced.size || state.target?.path || own.some((node) => !view.shown[node])) drawPicture();
  else setSelected(state.target);
  tellFocus();
  if (changed) {
    controls.forEach((update) => update());
    listRows();
    if (shownAs.look && view.whole) fitAll();
  } else markActive();
  shownAs.look = look;
  if (state.target && state.target.path) fitNodes([...state.forced, ...own]);
  else if (own.length && (centre || !onScreen(own[0]))) centreOn(own[0]);
  showPanel();
}

function followAddress() {
  readFragment(framed ? shownAs.fragment : location.hash.slice(1));
  follow(true);
}

function onScreen(node) {
  const { x, y } = view.network.canvasToDOM({ x: view.x[node], y: view.y[node] });
  const box = find("canvas").getBoundingClientRect();
  return x > 20 && y > 20 && x < box.width - 20 && y < box.height - 20;
}

function showPanel() {
  const { kicker, title, kind, parts } = panelFor(state.target);
  find("kicker").replaceChildren(kind === undefined ? "" : shapeIcon(kind), kicker);
  find("body").replaceChildren(...parts.filter(Boolean));
  find("close").hidden = !state.target;
  find("panel").scrollTop = 0;
  document.body.classList.toggle("chosen", Boolean(state.target));
  document.title = title ? `${title} – ${data.title}` : data.title;
  find("said").textContent = title ? `${kicker}: ${title}` : "";
}

// ---------------------------------------------------------------- light and dark
function applyTheme() {
  readTheme();
  if (view.network) view.network.redraw();
}

function switchTheme() {
  const now = getComputedStyle(document.documentElement).getPropertyValue("--scheme").trim();
  document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
  applyTheme();
}

// Paper is light
function beforePrint() {
  shownAs.theme = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  applyTheme();
}

function afterPrint() {
  if (shownAs.theme) document.documentElement.dataset.theme = shownAs.theme;
  else delete document.documentElement.dataset.theme;
  applyTheme();
}

// ---------------------------------------------------------------- start
function masthead() {
  const dates = documents.published.map(firstDay).filter(Boolean).sort();
  const outlets = unique(documents.publisher.filter(Boolean)).length;
  const words = [plural(documents.node.length, "article"), outlets > 1 && `from ${plural(outlets, "outlet")}`, plural(data.claims.node.length, "claim"), plural(data.entities.node.length, "name")];
  if (dates.length) words.push(range(dates[0], dates.at(-1)));
  find("totals").textContent = words.filter(Boolean).join(" · ");
}

// In a notebook the wheel scrolls past the picture until the reader has clicked into it
function scrollPast(event) {
  if (framed && !document.hasFocus()) event.stopPropagation();
}

function listen() {
  const clicks = { hidden: showHidden, close: () => choose(null), theme: switchTheme, "zoom-in": () => zoomBy(1.4), "zoom-out": () => zoomBy(1 / 1.4), fit: () => fitAll() };
  for (const [id, act] of Object.entries(clicks)) find(id).addEventListener("click", act);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyTheme);
  find("search").addEventListener("input", () => listRows());
  find("search").addEventListener("keydown", searchKeys);
  find("list-toggle").addEventListener("click", () => find("list-toggle").setAttribute("aria-expanded", String(document.body.classList.toggle("listing"))));
  find("canvas").addEventListener("keydown", canvasKeys);
  find("canvas").addEventListener("wheel", scrollPast, { capture: true });
  document.addEventListener("keydown", pageKeys);
  addEventListener("hashchange", followAddress);
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
  new ResizeObserver(() => (view.whole ? fitAll(false) : view.network.redraw())).observe(find("canvas"));
  let width = find("sheet").clientWidth;
  new ResizeObserver(() => { if (state.view !== "graph" && find("sheet").clientWidth !== width) drawSheet(); width = find("sheet").clientWidth; }).observe(find("sheet"));
}

function start() {
  chooseDefaults();
  defaults = { kinds: initial(state.kinds), relations: initial(state.relations) };
  applyTheme();
  masthead();
  applyFilter();
  tabs();
  legend();
  facets();
  exportMenu();
  helpDialog();
  startCanvas(find("canvas"), (target) => choose(target));
  state.few = find("canvas").clientWidth < PHONE && fewNodes.size > 0 && fewNodes.size < nodes.minor.filter((minor, node) => !minor && isEntity(node)).length;
  view.whole = true;
  if (matchMedia("(max-width: 820px)").matches) find("filters").open = false;
  followAddress();
  fitAll(false);
  if (state.target) follow(true);
  listen();
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
  labels: () => view.labels.map(({ box }) => box),
  lines: () => view.drawn.map((line) => [nodes.id[lines.source[line]], nodes.id[lines.target[line]]]),
  shown: () => nodes.id.filter((_, node) => view.shown[node]),
});
start();
