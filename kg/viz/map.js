// The map: places where they lie, over outlines that the page carries itself; moved and zoomed like the picture.

const NARROWEST = 0.4; // degrees of latitude across the smallest view
const here = { x: 0, y: 0, scale: 0, land: null }; // middle of the view in the plane, and pixels to a unit of it

// A plane in which the middle of the map keeps its shape (equirectangular)
const [WEST, SOUTH, EAST, NORTH] = data.map.frame;
const SQUEEZE = Math.cos((((SOUTH + NORTH) / 2) * Math.PI) / 180);
const planeX = (longitude) => longitude * SQUEEZE;
const planeY = (latitude) => -latitude;
const round2 = (value) => Math.round(value * 100) / 100;

function mapSheet() {
  const places = mapPlaces();
  const unplaced = nodes.kind.flatMap((kind, node) => (data.kinds[kind].name === "PLACE" && !placeRow.has(node) && nodes.degree[node] ? [node] : []));
  const width = Math.max(320, find("sheet").clientWidth);
  const height = Math.max(320, find("sheet").clientHeight);
  const drawing = svg("svg", { class: "drawing map", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": "Map of places" });
  if (!here.scale) fitMap(places, width, height);
  paintMap(drawing, places, width, height);
  moveMap(drawing, places, width, height);
  const zoom = el("div", { class: "zoom", role: "group", "aria-label": "Zoom of the map" },
    el("button", { type: "button", "aria-label": "Zoom in", onclick: () => zoomMap(drawing, places, width, height, 1.5) }, "+"),
    el("button", { type: "button", "aria-label": "Zoom out", onclick: () => zoomMap(drawing, places, width, height, 1 / 1.5) }, "−"),
    el("button", { type: "button", "aria-label": "Show all places", onclick: () => { fitMap(places, width, height, true); paintMap(drawing, places, width, height); } }, "⤢"));
  return [drawing, zoom, unplaced.length ? mapRest(unplaced) : null];
}

// Places that have coordinates, with the number of their mentions in the articles that pass
function mapPlaces() {
  return data.places.node.map((node, row) => {
    const seen = nodes.spans[node].filter((span) => passing.nodes[spans.document[span]]).length;
    return { node, country: !data.places.country[row], x: planeX(data.places.longitude[row]), y: planeY(data.places.latitude[row]), seen };
  }).filter(({ node, seen }) => passing.nodes[node] || (!passing.active && seen)).sort((a, b) => b.seen - a.seen || a.node - b.node);
}

// All places, or, at first sight, those about which most is written when the others lie far away
function fitMap(places, width, height, all = false) {
  const towns = places.filter((place) => !place.country);
  const shown = towns.length ? towns : places;
  const core = all ? shown : mapCore(shown);
  const box = core.length ? mapBox(core) : { left: planeX(WEST), right: planeX(EAST), top: planeY(NORTH), bottom: planeY(SOUTH) };
  here.x = (box.left + box.right) / 2;
  here.y = (box.top + box.bottom) / 2;
  here.scale = Math.min((width - 150) / Math.max(box.right - box.left, 1.2), (height - 150) / Math.max(box.bottom - box.top, 1.2));
}

function mapBox(places) {
  const [x, y] = [places.map((place) => place.x), places.map((place) => place.y)];
  return { left: Math.min(...x), right: Math.max(...x), top: Math.min(...y), bottom: Math.max(...y) };
}

const CORE = 0.8; // of all mentions
function mapCore(places) {
  const middle = (axis) => [...places].sort((a, b) => a[axis] - b[axis]).reduce((state, place) => ({ sum: state.sum + place.seen, at: state.sum * 2 <= total ? place[axis] : state.at }), { sum: 0, at: 0 }).at;
  const total = places.reduce((sum, place) => sum + place.seen, 0);
  const [x, y] = [middle("x"), middle("y")];
  const near = [...places].sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y));
  let sum = 0;
  const core = near.filter((place) => { const before = sum; sum += place.seen; return before < total * CORE; });
  const [whole, part] = [mapBox(places), mapBox(core)];
  const narrow = Math.max(part.right - part.left, part.bottom - part.top) < 0.4 * Math.max(whole.right - whole.left, whole.bottom - whole.top);
  return narrow ? core : places;
}

const screen = (place, width, height) => [(place.x - here.x) * here.scale + width / 2, (place.y - here.y) * here.scale + height / 2];

function landPaths() {
  const words = (lines, end) => lines.map((line) => {
    let path = "";
    for (let point = 0; point < line.length; point += 2) path += `${point ? "L" : "M"}${round2(planeX(line[point]))} ${round2(planeY(line[point + 1]))}`;
    return path + end;
  }).join("");
  here.land = here.land || { land: words(data.map.land, "Z"), borders: words(data.map.borders, "") };
  return here.land;
}

function paintMap(drawing, places, width, height) {
  const { land, borders } = landPaths();
  const transform = `translate(${width / 2} ${height / 2}) scale(${here.scale}) translate(${-here.x} ${-here.y})`;
  drawing.replaceChildren(
    svg("rect", { width, height, class: "sea" }),
    svg("g", { transform }, graticule(width, height), svg("path", { d: land, class: "land", "fill-rule": "evenodd" }), svg("path", { d: borders, class: "border" })),
    ...placeMarks(places, width, height), ...scaleBar(height));
  roving(drawing);
  markChosen();
}

// Parallels and meridians, a handful of each
function graticule(width, height) {
  const wide = height / here.scale;
  const step = [30, 20, 10, 5, 2, 1, 0.5, 0.2].find((size) => wide / size >= 3) || 0.1;
  let path = "";
  for (let x = Math.ceil(-180 / step) * step; x <= 180; x += step) path += `M${planeX(x)} -90V90`;
  for (let y = -90; y <= 90; y += step) path += `M${planeX(-180)} ${y}H${planeX(180)}`;
  return svg("path", { d: path, class: "graticule" });
}

// Circles by number of mentions; the more often a place is named, the sooner it has its label
function placeMarks(places, width, height) {
  const grid = makeGrid();
  const kind = kindNamed("PLACE");
  const marks = [];
  const on = places.map((place) => {
    const [x, y] = screen(place, width, height);
    return { ...place, at: [x, y], r: place.country ? 0 : Math.min(17, 3.2 + 1.5 * Math.sqrt(place.seen)) };
  }).filter(({ at: [x, y] }) => x > -30 && y > -30 && x < width + 30 && y < height + 30);
  on.forEach(({ at: [x, y], r }) => r && grid.add([x - r, y - r, x + r, y + r]));
  for (const place of on) {
    const [x, y] = place.at;
    const label = placeLabel(grid, place, width, height);
    const dot = place.country ? null : svg("circle", { cx: round2(x), cy: round2(y), r: round2(place.r), class: "place-dot", style: `fill:var(--kind-${kind});stroke:var(--kind-${kind})` });
    if (dot || label) marks.push(spot({ class: `spot ${place.country ? "country" : "place"}`, "data-node": place.node }, `${nameOf(place.node)}: ${plural(place.seen, "mention")}`, goto({ node: place.node }), dot, label));
  }
  return marks.reverse();
}

function placeLabel(grid, { node, country, at: [x, y], r, seen }, width, height) {
  const text = clipped(country ? nameOf(node).toUpperCase() : nameOf(node), 26);
  const size = country ? 11 : Math.min(15, 11.5 + Math.sqrt(seen) / 2);
  const half = text.length * size * (country ? 0.43 : 0.28) + 2;
  const tries = country ? [[x, y]] : [[x, y + r + size * 0.8], [x, y - r - size * 0.7], [x + r + half + 3, y], [x - r - half - 3, y],
    [x + r + half - 2, y + r + 3], [x - r - half + 2, y + r + 3], [x + r + half - 2, y - r - 3], [x - r - half + 2, y - r - 3]];
  const box = ([cx, cy]) => [cx - half, cy - size * 0.6, cx + half, cy + size * 0.6];
  const open = tries.find((point) => grid.free(box(point)) && box(point)[0] > 2 && box(point)[2] < width - 2 && box(point)[3] < height - 4);
  if (!open) return null;
  grid.add(box(open));
  return svg("text", { x: round2(open[0]), y: round2(open[1]), class: "place-name", "font-size": size, dy: ".33em" }, text);
}

function scaleBar(height) {
  const kilometre = here.scale / 111.2;
  const length = [2000, 1000, 500, 200, 100, 50, 20, 10, 5].find((size) => size * kilometre < 130) || 2;
  const [x, y, wide] = [20, height - 22, round2(length * kilometre)];
  return [svg("path", { d: `M${x} ${y - 4}V${y}H${x + wide}V${y - 4}`, class: "scale" }), svg("text", { x: x + wide / 2, y: y - 7, class: "scale-text" }, `${length} km`)];
}

function zoomMap(drawing, places, width, height, factor, [x, y] = [width / 2, height / 2]) {
  const before = here.scale;
  here.scale = Math.max(Math.min(width / planeX(EAST - WEST || 1), height / (NORTH - SOUTH || 1)), Math.min(height / NARROWEST, before * factor));
  const kept = 1 / before - 1 / here.scale;
  here.x += (x - width / 2) * kept;
  here.y += (y - height / 2) * kept;
  holdMap();
  paintMap(drawing, places, width, height);
}

function holdMap() {
  here.x = Math.max(planeX(WEST), Math.min(planeX(EAST), here.x));
  here.y = Math.max(planeY(NORTH), Math.min(planeY(SOUTH), here.y));
}

function moveMap(drawing, places, width, height) {
  let last = null;
  drawing.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = drawing.getBoundingClientRect();
    zoomMap(drawing, places, width, height, event.deltaY < 0 ? 1.2 : 1 / 1.2, [event.clientX - box.x, event.clientY - box.y]);
  }, { passive: false });
  drawing.addEventListener("pointerdown", (event) => { if (!event.target.closest(".spot")) { last = event; drawing.setPointerCapture(event.pointerId); } });
  drawing.addEventListener("pointermove", (event) => {
    if (!last) return;
    here.x -= (event.clientX - last.clientX) / here.scale;
    here.y -= (event.clientY - last.clientY) / here.scale;
    last = event;
    holdMap();
    paintMap(drawing, places, width, height);
  });
  for (const end of ["pointerup", "pointercancel"]) drawing.addEventListener(end, () => { last = null; });
  drawing.addEventListener("keydown", ({ key }) => {
    const factor = { "+": 1.5, "=": 1.5, "-": 1 / 1.5 }[key];
    if (factor) zoomMap(drawing, places, width, height, factor);
  });
}

const mapRest = (unplaced) => el("details", { class: "map-rest" }, el("summary", {}, `${plural(unplaced.length, "place")} without coordinates`), el("p", { class: "chips" }, unplaced.slice(0, 60).map(nodeChip)));
