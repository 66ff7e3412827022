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
const HUBS = 14; // labelled at every zoom
const STRENGTHS = [1, 1.7, 2.6];
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const view = {
  theme: {},
  network: null,
  shown: new Uint8Array(NODES),
  drawn: [], // lines on show
  batches: [], // the same, by look
  selected: null, // {node} or {line}
  near: null, // nodes beside the selected one; null when nothing is
  hovered: -1,
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

// Parallel lines part ways: how far each is bent
const bends = new Float32Array(LINES);
function bend() {
  const pairs = new Map();
  for (const line of view.drawn) {
    const [a, b] = [lines.source[line], lines.target[line]];
    const key = a < b ? a * NODES + b : b * NODES + a;
    const before = pairs.get(key) || 0;
    pairs.set(key, before + 1);
    const side = (before % 2 ? -1 : 1) * (a < b ? 1 : -1);
    bends[line] = view.drawn.length > 4000 ? 0 : side * (0.04 + 0.1 * Math.ceil(before / 2));
  }
}

// Lines of one look are drawn in one stroke
function batch() {
  const groups = new Map();
  for (const line of view.drawn) {
    const strength = Math.min(2, Math.floor(Math.log2(lines.members[line].length + 0.5)));
    const state = lineState(line);
    const key = (lines.relation[line] * 3 + strength) * 3 + state;
    if (!groups.has(key)) groups.set(key, { relation: lines.relation[line], strength, state, rows: [] });
    groups.get(key).rows.push(line);
  }
  view.batches = [...groups.values()].sort((a, b) => a.state - b.state);
}

// 0 faded, 1 as usual, 2 brought out
function lineState(line) {
  if (!view.selected) return 1;
  if (view.selected.line !== undefined) return view.selected.line === line ? 2 : 0;
  return lines.source[line] === view.selected.node || lines.target[line] === view.selected.node ? 2 : 0;
}

function setSelected(target) {
  view.selected = target;
  view.near = target && new Set(target.node === undefined
    ? [lines.source[target.line], lines.target[target.line]]
    : [target.node, ...view.drawn.filter((line) => lineState(line) === 2).map((line) => otherEnd(line, target.node))]);
  batch();
  view.network.redraw();
}

// ---------------------------------------------------------------- lines
function control(line) {
  const [a, b] = [lines.source[line], lines.target[line]];
  const [dx, dy] = [view.x[b] - view.x[a], view.y[b] - view.y[a]];
  return [(view.x[a] + view.x[b]) / 2 - dy * bends[line] * 2, (view.y[a] + view.y[b]) / 2 + dx * bends[line] * 2];
}

function lineColour(relation) {
  const name = relationNames[relation];
  if (relation === SAID_ABOUT || name === "said" || name === "about" || name === "on behalf of") return view.theme.claim;
  return name === "affiliation" ? view.theme.ink : view.theme.muted;
}

function paintLines(ctx) {
  const zoom = view.network.getScale();
  view.zoom = zoom;
  ctx.lineCap = "round";
  for (const { relation, strength, state, rows } of view.batches) {
    ctx.globalAlpha = [0.07, relation === SAID_ABOUT ? 0.5 : 0.3, 0.95][state];
    ctx.strokeStyle = lineColour(relation);
    ctx.lineWidth = STRENGTHS[strength] * (state === 2 ? 1.5 : 1) * Math.max(0.8, Math.min(1.4, 0.8 / zoom));
    ctx.setLineDash(relationNames[relation] === "mentions" && view.drawn.length < 3000 ? [2, 5] : []);
    ctx.beginPath();
    for (const line of rows) {
      const [a, b] = [lines.source[line], lines.target[line]];
      ctx.moveTo(view.x[a], view.y[a]);
      if (bends[line]) ctx.quadraticCurveTo(...control(line), view.x[b], view.y[b]);
      else ctx.lineTo(view.x[b], view.y[b]);
    }
    ctx.stroke();
    if (state === 2) rows.forEach((line) => paintArrow(ctx, line));
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function paintArrow(ctx, line) {
  const target = lines.target[line];
  const [cx, cy] = bends[line] ? control(line) : [view.x[lines.source[line]], view.y[lines.source[line]]];
  const angle = Math.atan2(view.y[target] - cy, view.x[target] - cx);
  const reach = nodes.size[target] + 3;
  ctx.save();
  ctx.setLineDash([]);
  ctx.translate(view.x[target] - Math.cos(angle) * reach, view.y[target] - Math.sin(angle) * reach);
  ctx.rotate(angle);
  ctx.fillStyle = ctx.strokeStyle;
  ctx.fill(new Path2D("M0 0L-10-4.5L-8 0L-10 4.5Z"));
  ctx.restore();
}

// The line under a point of the canvas, or -1
function lineAt(x, y) {
  let best = -1;
  let nearest = 7 / view.network.getScale();
  for (const line of view.drawn) {
    const [a, b] = [lines.source[line], lines.target[line]];
    const [cx, cy] = control(line);
    for (let step = 0; step < 16; step += 1) {
      const [one, two] = [along(a, cx, cy, b, step / 16), along(a, cx, cy, b, (step + 1) / 16)];
      const away = toSegment(x, y, one, two);
      if (away < nearest) [nearest, best] = [away, line];
    }
  }
  return best;
}

function along(a, cx, cy, b, t) {
  const s = 1 - t;
  return [s * s * view.x[a] + 2 * s * t * cx + t * t * view.x[b], s * s * view.y[a] + 2 * s * t * cy + t * t * view.y[b]];
}

function toSegment(x, y, [ax, ay], [bx, by]) {
  const square = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
  const share = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square));
  return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
}

// ---------------------------------------------------------------- nodes and labels
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

const widths = new Map();
function textWidth(ctx, text) {
  const key = ctx.font + text;
  if (!widths.has(key)) widths.set(key, ctx.measureText(text).width);
  return widths.get(key);
}

const clipped = (text, most) => (text.length > most ? `${[...text].slice(0, most - 1).join("").trimEnd()}…` : text);

// Labels keep their size on the screen; the greater nodes choose first, and no label lies on another or on a node
function paintLabels(ctx) {
  const zoom = view.network.getScale();
  const corner = view.network.DOMtoCanvas({ x: 0, y: 0 });
  const box = view.network.canvas.frame.canvas;
  const onScreen = [];
  for (const node of byWeight()) {
    const [x, y] = [(view.x[node] - corner.x) * zoom, (view.y[node] - corner.y) * zoom];
    if (x > -40 && y > -20 && x < box.clientWidth + 40 && y < box.clientHeight + 20) onScreen.push({ node, x, y, r: nodes.size[node] * zoom });
  }
  const labels = makeGrid();
  const dots = makeGrid();
  onScreen.filter(({ node, r }) => r > 2.5 && entityRow.has(node) && !(view.near && !view.near.has(node))).slice(0, 900)
    .forEach(({ x, y, r }) => dots.add([x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8]));
  ctx.save();
  ctx.translate(corner.x, corner.y);
  ctx.scale(1 / zoom, 1 / zoom);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  onScreen.slice(0, 1500).forEach((spot, rank) => paintLabel(ctx, spot, rank < HUBS, labels, dots, box));
  ctx.restore();
}

function byWeight() {
  const first = (node) => (view.selected && view.selected.node === node ? 3 : view.hovered === node ? 2 : view.near && view.near.has(node) ? 1 : 0);
  if (!view.near && view.hovered < 0) return ORDER.filter((node) => view.shown[node]);
  return ORDER.filter((node) => view.shown[node]).sort((a, b) => first(b) - first(a));
}
const ORDER = nodes.id.map((_, node) => node).sort((a, b) => nodes.size[b] - nodes.size[a] || a - b);

function paintLabel(ctx, { node, x, y, r }, hub, labels, dots, frame) {
  const called = (view.selected && view.selected.node === node) || view.hovered === node;
  const beside = view.near && view.near.has(node);
  if (!called && ((r < (beside ? 1 : 4) && !hub) || (view.near && !beside))) return;
  const height = Math.round(Math.min(16, 10.5 + r / 5));
  ctx.font = `${called || r > 15 ? 600 : 450} ${height}px ${view.theme.font}`;
  const text = clipped(nameOf(node), called ? 40 : 28);
  const half = textWidth(ctx, text) / 2;
  const [over, wide] = [r * 1.1 + 4 + height / 2, r * 1.1 + 6 + half];
  const [near45, far45] = [r * 0.75 + 4 + half, r * 0.75 + height / 2];
  const corners = [[x + near45, y + far45], [x - near45, y + far45], [x + near45, y - far45], [x - near45, y - far45]];
  const tries = [[x, y + over], [x, y - over], [x + wide, y], [x - wide, y], ...corners];
  const boxAt = ([cx, cy]) => [cx - half - 2, cy - height / 2, cx + half + 2, cy + height / 2];
  const inside = ([cx]) => cx - half > 2 && cx + half < frame.clientWidth - 2;
  const open = tries.filter((point) => inside(point) && labels.free(boxAt(point)));
  const spot = open.find((point) => dots.free(boxAt(point))) || (hub || called ? open[0] : null) || (called ? tries[0] : null);
  if (!spot) return;
  labels.add(boxAt(spot));
  ctx.strokeStyle = view.theme.paper;
  ctx.lineWidth = 4;
  ctx.globalAlpha = 0.9;
  ctx.strokeText(text, ...spot);
  ctx.globalAlpha = 1;
  ctx.fillStyle = view.theme.ink;
  ctx.fillText(text, ...spot);
}

// Boxes that are taken, found again by square of 48 pixels
function makeGrid() {
  const cells = new Map();
  const each = ([left, top, right, bottom], visit) => {
    for (let x = Math.floor(left / 48); x <= Math.floor(right / 48); x += 1) {
      for (let y = Math.floor(top / 48); y <= Math.floor(bottom / 48); y += 1) visit(x * 4096 + y);
    }
  };
  return {
    add: (box) => each(box, (cell) => (cells.has(cell) ? cells.get(cell).push(box) : cells.set(cell, [box]))),
    free: (box) => {
      let clear = true;
      each(box, (cell) => (cells.get(cell) || []).forEach((other) => {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) clear = false;
      }));
      return clear;
    },
  };
}

// ---------------------------------------------------------------- movement
const motion = () => (calm.matches || NODES > 4000 ? false : { duration: 320, easingFunction: "easeInOutCubic" });

function centreOn(node) {
  view.network.moveTo({ position: { x: view.x[node], y: view.y[node] }, scale: Math.max(0.85, view.network.getScale()), animation: motion() });
}

function fitAll(animated = true) {
  view.network.fit({ maxZoomLevel: 1.3, animation: false });
  const wished = { position: view.network.getViewPosition(), scale: view.network.getScale() * 0.93 };
  view.network.moveTo({ ...wished, animation: animated ? motion() : false });
}

const zoomBy = (factor) => view.network.moveTo({ scale: view.network.getScale() * factor, animation: motion() });

// The node on show that lies nearest in the direction of an arrow key
function nodeTowards(from, dx, dy) {
  let [best, least] = [-1, Infinity];
  for (let node = 0; node < NODES; node += 1) {
    if (!view.shown[node] || node === from) continue;
    const [x, y] = [view.x[node] - view.x[from], view.y[node] - view.y[from]];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (ahead > 0 && aside <= ahead * 1.5 && ahead + aside * 2 < least) [best, least] = [node, ahead + aside * 2];
  }
  return best;
}

function startCanvas(frame, choose) {
  view.network = new vis.Network(frame, { nodes: [], edges: [] }, data.options);
  const network = view.network;
  network.on("beforeDrawing", paintLines);
  network.on("afterDrawing", paintLabels);
  network.on("dragging", ({ nodes: moved }) => {
    for (const [node, { x, y }] of Object.entries(network.getPositions(moved))) [view.x[node], view.y[node]] = [x, y];
  });
  network.on("click", ({ nodes: hit, pointer }) => {
    const line = hit.length ? -1 : lineAt(pointer.canvas.x, pointer.canvas.y);
    choose(hit.length ? { node: hit[0] } : line >= 0 ? { line } : null);
  });
  network.on("hoverNode", ({ node }) => hover(node));
  network.on("blurNode", () => hover(-1));
}

function hover(node) {
  view.hovered = node;
  view.network.canvas.frame.style.cursor = node < 0 ? "" : "pointer";
  view.network.redraw();
}
