// The views: the picture of the graph and the sheets beside it, behind tabs; and small parts that sheets share.

const VIEWS = [
  { name: "graph", label: "Graph" },
  { name: "timeline", label: "Timeline", draw: () => timeline(), there: () => dayOf.some(Boolean) },
  { name: "map", label: "Map", draw: () => mapSheet(), there: () => data.places.node.length > 0 },
  { name: "speakers", label: "Speakers", draw: () => speakersSheet(), there: () => data.claims.node.length > 0 },
  { name: "contradictions", label: "Contradictions", draw: () => contradictionsSheet(), there: () => disputes().length > 0 },
].filter((view) => !view.there || view.there());

function tabs() {
  find("tabs").replaceChildren(...VIEWS.map(({ name, label }, place) => el("button", {
    type: "button", role: "tab", id: `tab-${name}`, "aria-controls": name === "graph" ? "graph" : "sheet", title: `${label} (${place + 1})`, onclick: () => change(() => { state.view = name; }),
  }, label)));
  find("tabs").addEventListener("keydown", ({ key, target }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const place = VIEWS.findIndex((view) => `tab-${view.name}` === target.id);
    if (!step || place < 0) return;
    const next = VIEWS[(place + step + VIEWS.length) % VIEWS.length].name;
    change(() => { state.view = next; });
    find(`tab-${next}`).focus();
  });
}

function showView() {
  for (const { name } of VIEWS) {
    const chosen = name === state.view;
    find(`tab-${name}`).setAttribute("aria-selected", String(chosen));
    find(`tab-${name}`).tabIndex = chosen ? 0 : -1;
  }
  const tab = find(`tab-${state.view}`);
  find("tabs").scrollLeft = tab.offsetLeft + tab.offsetWidth + TAB_PAD - find("tabs").clientWidth; // narrow screens cut the row
  const graph = state.view === "graph";
  find("graph").hidden = !graph;
  find("sheet").hidden = graph;
  find("sheet").setAttribute("aria-labelledby", `tab-${state.view}`);
  document.body.dataset.view = state.view;
  drawSheet();
}

function drawSheet() {
  const { draw } = VIEWS.find((view) => view.name === state.view);
  const keep = find("sheet").scrollTop;
  find("sheet").replaceChildren(...(draw ? draw() : []).filter(Boolean));
  find("sheet").scrollTop = keep;
  markChosen();
}

// What is open, marked where the sheet shows it
function markChosen() {
  const own = state.target && state.target.node;
  for (const item of find("sheet").querySelectorAll("[data-node]")) item.classList.toggle("chosen", item.dataset.node === String(own));
}

// A part of a drawing that opens something: by pointer, Enter or space, and reached by arrow keys from its neighbours
function spot(attributes, label, act, ...children) {
  const element = svg("g", { role: "button", tabindex: "-1", "aria-label": label, class: "spot", ...attributes }, svg("title", {}, label), ...children);
  element.addEventListener("click", act);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
  return element;
}

// One stop of the Tab key for a whole drawing; arrow keys go to the nearest spot in their direction
function roving(drawing) {
  const spots = () => [...drawing.querySelectorAll(".spot")];
  const first = spots()[0];
  if (first) first.setAttribute("tabindex", "0");
  drawing.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    const here = document.activeElement;
    if (!way || !here.classList.contains("spot")) return;
    event.preventDefault();
    event.stopPropagation();
    const middle = (element) => { const box = element.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
    const [x, y] = middle(here);
    let [best, least] = [null, Infinity];
    for (const other of spots()) {
      const [dx, dy] = [middle(other)[0] - x, middle(other)[1] - y];
      const [ahead, aside] = [dx * way[0] + dy * way[1], Math.abs(dx * way[1] - dy * way[0])];
      if (other !== here && ahead > 1 && ahead + aside * 3 < least) [best, least] = [other, ahead + aside * 3];
    }
    if (!best) return;
    here.setAttribute("tabindex", "-1");
    best.setAttribute("tabindex", "0");
    best.focus();
  });
  return drawing;
}
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const sheetHead = (title, words) => el("header", { class: "sheet-head" }, el("h2", {}, title), el("p", { class: "small" }, words));
const filteredWords = () => (passing.active ? ", as the filters choose" : "");
