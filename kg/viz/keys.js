// Keys: every part of the page without a pointer, and the dialog that lists them.

const KEYS = [
  ["Find", [["/", "search names and claims"], ["↑ ↓ Enter", "in the search: choose from the list"], ["f", "filters"]]],
  ["Look", [["1 … 5", "graph, timeline, map, speakers, contradictions"], ["← → ↑ ↓", "from node to node, or mark to mark"], ["Enter", "read the panel"], ["+ − 0", "zoom in, zoom out, show all"]]],
  ["Explore", [["s", "one, two, three steps around what is open; then all"], ["p", "path from what is open to another name"], ["Esc", "close what is open"]]],
  ["Page", [["e", "export what is shown"], ["d", "dark or light"], ["?", "this list"]]],
];

function pageKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || find("help").open) return;
  const typing = event.target.matches("input:not([type=range]), select, textarea");
  if (event.key === "Escape") escape(event.target === find("search"));
  else if (!typing && pageKey(event.key)) event.preventDefault();
}

function pageKey(key) {
  const place = Number(key) - 1;
  if (VIEWS[place]) change(() => { state.view = VIEWS[place].name; });
  else if (key === "/") find("search").select();
  else if (key === "?") find("help").showModal();
  else if (key === "f") openFilters();
  else if (key === "d") switchTheme();
  else if (key === "e") openExport();
  else if (key === "s") moreSteps();
  else if (key === "p" && state.target && isEntity(state.target.node)) pickFrom(state.target.node);
  else return false;
  return true;
}

function openFilters() {
  find("filters").open = true;
  find("filters").querySelector("summary").focus();
}

function openExport() {
  find("export").open = true;
  find("export-menu").querySelector("button:not(:disabled)").focus();
}

function moreSteps() {
  const node = state.target && state.target.node;
  if (node === undefined || node === null) return;
  const now = state.focus && state.focus.node === node ? state.focus.steps : 0;
  focusOn(now === 3 ? null : { node, steps: now + 1 });
}

function escape(searching) {
  if (find("export").open) find("export").open = false;
  else if (searching && find("search").value) {
    find("search").value = "";
    listRows();
  } else if (state.picking >= 0) pickFrom(-1);
  else if (state.target) {
    choose(null);
    find("search").focus({ preventScroll: true });
  } else document.activeElement?.blur();
}

function canvasKeys(event) {
  const way = ARROWS[event.key];
  if (way) {
    event.preventDefault();
    const from = state.target && state.target.node !== undefined ? state.target.node : -1;
    const next = from < 0 ? ORDER.find((node) => view.shown[node]) : nodeTowards(from, ...way);
    if (next >= 0) choose({ node: next });
  } else if (event.key === "Enter") find("panel").focus();
  else if (event.key === "+" || event.key === "=") zoomBy(1.3);
  else if (event.key === "-") zoomBy(1 / 1.3);
  else if (event.key === "0") fitAll();
}

function helpDialog() {
  const parts = KEYS.map(([title, keys]) => el("section", {}, el("h3", {}, title), el("dl", {}, keys.flatMap(([key, words]) => [el("dt", {}, joined(key.split(" ").map((one) => (one === "…" ? one : el("kbd", {}, one))), " ")), el("dd", {}, words)]))));
  find("help-keys").replaceChildren(...parts);
  find("help-open").addEventListener("click", () => find("help").showModal());
  find("help-close").addEventListener("click", () => find("help").close());
}
