// The picture: vis-network holds places, zoom and pointer; nodes, lines and labels are drawn here, in the page's colours.

const SHAPES = {
  PERSON: "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1-1 0Z",
  ORG: "M-.85-.5Q-.85-.85-.5-.85H.5Q.85-.85.85-.5V.5Q.85.85.5.85H-.5Q-.85.85-.85.5Z",
  PLACE: "M0 1.2C-.35.7-.92.25-.92-.28A.92.92 0 1 1 .92-.28C.92.25.35.7 0 1.2Z",
  EVENT: "M-.18-1Q0-1.16.18-1L1-.18Q1.16 0 1 .18L.18 1Q0 1.16-.18 1L-1 .18Q-1.16 0-1-.18Z",
  CLAIM: "M-.7-.85H.7Q1-.85 1-.55V.2Q1 .5.7.5H.05L-.5 1.05V.5H-.7Q-1 .5-1 .2V-.55Q-1-.85-.7-.85Z",
  DOCUMENT: "M-.72-.95H.3L.78-.45V.95H-.72Z",
};
const OUTLINES = data.kinds.map((kind) => new Path2D(SHAPES[kind.name] || SHAPES.PERSON));
const STRENGTHS = [1, 1.7, 2.6];
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const view = {
  theme: {},
  network: null,
  shown: new Uint8Array(NODES),
  drawn: [], // lines on show
  batches: [], // the same, by look
  selected: null, // {node}, {line} or {path}
  way: new Set(), // lines of the path that is open
  dragging: false,
  asked: false, // a drawing before the next frame
  near: null, // nodes beside the selected one; null when nothing is
  hovered: -1,
  whole: false, // all of it fits the canvas, and will when the canvas changes
  labels: [], // labels drawn: {box, text, spot, font}
  zoom: 1,
  many: false, // so many nodes that those seen from afar are drawn as squares
  x: Float64Array.from(nodes.x),
  y: Float64Array.from(nodes.y),
};

// ---------------------------------------------------------------- colours
function mixed(colour, other, share) {
  const part = (text, place) => parseInt(text.slice(1 + place * 2, 3 + place * 2), 16);
  const sum = [0, 1, 2].map((place) => Math.round(part(colour, place) * (1 - share) + part(other, place) * share));
  return `rgb(${sum.join(",")})`;
}

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(name).trim();
  const dark = value("--scheme") === "dark";
  view.theme = {
    paper: value("--paper"), ink: value("--ink"), muted: value("--muted"), line: value("--line"), accent: value("--accent"),
    font: value("--sans"),
    kinds: data.kinds.map((kind) => mixed(kind.colour, "#ffffff", dark ? 0.34 : 0)),
    claim: value("--said"),
  };
  document.documentElement.style.setProperty("color-scheme", dark ? "dark" : "light");
  data.kinds.forEach((kind, place) => document.documentElement.style.setProperty(`--kind-${place}`, view.theme.kinds[place]));
}

// ---------------------------------------------------------------- what is on show
function showNodes(isShown, isDrawn) {
  const places = [];
  for (let node = 0; node < NODES; node += 1) {
    view.shown[node] = isShown(node) ? 1 : 0;
    if (view.shown[node]) places.push(node);
  }
  view.many = places.length > 1500;
  view.drawn = [];
  for (let line = 0; line < LINES; line += 1) {
    if (view.shown[lines.source[line]] && view.shown[lines.target[line]] && isDrawn(line)) view.drawn.push(line);
  }
  bend();
  batch();
  const drawNode = ({ ctx, id }) => ({
    drawNode: () => paintNode(ctx, id),
    nodeDimensions: { width: nodes.size[id] * 2, height: nodes.size[id] * 2 },
  });
  view.network.setData({
    nodes: places.map((id) => ({ id, x: view.x[id], y: view.y[id], size: nodes.size[id], shape: "custom", ctxRenderer: drawNode })),
    edges: [],
  });
}

function setSelected(target) {
  view.selected = target;
  view.near = null;
  view.way = new Set(target && target.path ? shortestPath(...target.path) : []);
  const centre = state.focus && target && target.node === state.focus.node; // what lies around it is on show already
  view.near = target && !target.period && !centre ? new Set(nearTo(target)) : null;
  batch();
  redrawSoon();
}

// Once, however often it is asked for, and a frame later than the panel, which need not wait for a large picture
function redrawSoon() {
  if (view.asked) return;
  view.asked = true;
  requestAnimationFrame(() => requestAnimationFrame(() => { view.asked = false; view.network.redraw(); }));
}

function nearTo(target) {
  if (target.node === undefined) return [...endsOf(target), ...[...view.way].flatMap((line) => [lines.source[line], lines.target[line]])];
  return [target.node, ...view.drawn.filter((line) => lineState(line) === 2).map((line) => otherEnd(line, target.node))];
}

// ---------------------------------------------------------------- nodes
function paintNode(ctx, node) {
  const size = nodes.size[node];
  if (view.many && size * view.zoom < 2.6) {
    paintSpeck(ctx, node, size);
    return;
  }
  const chosen = view.selected && view.selected.node === node;
  ctx.save();
  ctx.translate(view.x[node], view.y[node]);
  ctx.scale(size, size);
  const outline = OUTLINES[nodes.kind[node]];
  ctx.fillStyle = view.theme.paper;
  ctx.strokeStyle = view.theme.paper;
  ctx.lineWidth = 4 / size;
  ctx.stroke(outline);
  ctx.fill(outline);
  ctx.globalAlpha = view.near && !view.near.has(node) ? 0.16 : 1;
  ctx.fillStyle = view.theme.kinds[nodes.kind[node]];
  ctx.fill(outline);
  ctx.restore();
  if (chosen || view.hovered === node) {
    ctx.beginPath();
    ctx.arc(view.x[node], view.y[node], size * 1.12 + 5, 0, Math.PI * 2);
    ctx.lineWidth = chosen ? 2.5 : 1.5;
    ctx.strokeStyle = chosen ? view.theme.accent : view.theme.muted;
    ctx.stroke();
  }
}

// From afar a square does for any shape
function paintSpeck(ctx, node, size) {
  ctx.globalAlpha = view.near && !view.near.has(node) ? 0.16 : 1;
  ctx.fillStyle = view.theme.kinds[nodes.kind[node]];
  ctx.fillRect(view.x[node] - size * 0.8, view.y[node] - size * 0.8, size * 1.6, size * 1.6);
  ctx.globalAlpha = 1;
}

// ---------------------------------------------------------------- start
function startCanvas(frame, choose) {
  view.network = new vis.Network(frame, { nodes: [], edges: [] }, data.options);
  const network = view.network;
  network.on("beforeDrawing", paintLines);
  network.on("afterDrawing", paintLabels);
  for (const moved of ["dragStart", "zoom"]) network.on(moved, () => { view.whole = false; });
  network.on("dragStart", () => { view.dragging = true; });
  network.on("dragEnd", () => { view.dragging = false; network.redraw(); });
  network.on("dragging", ({ nodes: moved }) => {
    for (const [node, { x, y }] of Object.entries(network.getPositions(moved))) [view.x[node], view.y[node]] = [x, y];
  });
  network.on("click", ({ pointer }) => {
    const node = network.getNodeAt(pointer.DOM);
    const line = node === undefined ? lineAt(pointer.canvas.x, pointer.canvas.y) : -1;
    choose(node !== undefined ? { node } : line >= 0 ? { line } : null);
  });
  network.on("hoverNode", ({ node }) => hover(node));
  network.on("blurNode", () => hover(-1));
}

function hover(node) {
  view.hovered = node;
  view.network.canvas.frame.style.cursor = node < 0 ? "" : "pointer";
  redrawSoon();
}
