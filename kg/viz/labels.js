// Labels: their size is the screen's, the greater nodes choose first, and all stay inside the canvas.

const HUBS = 14; // labelled at every zoom
const ROOM = 4200; // square pixels of canvas for each node, enough to name all

const widths = new Map();
function textWidth(ctx, text) {
  const key = ctx.font + text;
  if (!widths.has(key)) widths.set(key, ctx.measureText(text).width);
  return widths.get(key);
}

const clipped = (text, most) => (text.length > most ? `${[...text].slice(0, most - 1).join("").trimEnd()}…` : text);

// Labels keep their size on the screen; no label lies on another or, unless it must, on a node
function paintLabels(ctx) {
  const zoom = view.network.getScale();
  const corner = view.network.DOMtoCanvas({ x: 0, y: 0 });
  const { clientWidth: width, clientHeight: height } = view.network.canvas.frame.canvas;
  const onScreen = [];
  for (const node of byWeight()) {
    const [x, y] = [(view.x[node] - corner.x) * zoom, (view.y[node] - corner.y) * zoom];
    if (x > -40 && y > -20 && x < width + 40 && y < height + 20) onScreen.push({ node, x, y, r: nodes.size[node] * zoom });
  }
  const labels = makeGrid();
  const dots = makeGrid();
  onScreen.filter(({ node, r }) => r > 1.2 && entityRow.has(node) && !(view.near && !view.near.has(node))).slice(0, 900)
    .forEach(({ x, y, r }) => dots.add([x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8]));
  ctx.save();
  ctx.translate(corner.x, corner.y);
  ctx.scale(1 / zoom, 1 / zoom);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  view.labels = [];
  const least = onScreen.length * ROOM < width * height ? 0 : 4; // where there is room, small nodes are named too
  onScreen.slice(0, 1500).forEach((spot, rank) => paintLabel(ctx, { ...spot, hub: rank < HUBS, least }, labels, dots, { width, height }));
  ctx.restore();
}

function byWeight() {
  const first = (node) => (view.selected && view.selected.node === node ? 3 : view.hovered === node ? 2 : view.near && view.near.has(node) ? 1 : 0);
  if (!view.near && view.hovered < 0) return ORDER.filter((node) => view.shown[node]);
  return ORDER.filter((node) => view.shown[node]).sort((a, b) => first(b) - first(a));
}
const ORDER = nodes.id.map((_, node) => node).sort((a, b) => nodes.size[b] - nodes.size[a] || nodes.degree[b] - nodes.degree[a] || a - b);

function paintLabel(ctx, { node, x, y, r, hub, least }, labels, dots, frame) {
  const called = (view.selected && view.selected.node === node) || view.hovered === node;
  const beside = view.near && view.near.has(node);
  if (!called && ((r < (beside ? Math.min(1, least) : least) && !hub) || (view.near && !beside))) return;
  const height = Math.round(Math.min(16, 10.5 + r / 5));
  ctx.font = `${called || r > 15 ? 600 : 450} ${height}px ${view.theme.font}`;
  const text = clipped(nameOf(node), called ? 40 : 28);
  const half = textWidth(ctx, text) / 2;
  const boxAt = ([cx, cy]) => [cx - half - 2, cy - height / 2, cx + half + 2, cy + height / 2];
  const within = ([left, top, right, bottom]) => left > 1 && top > 1 && right < frame.width - 1 && bottom < frame.height - 1;
  const tries = labelSpots(x, y, r, half, height, frame);
  const open = tries.filter((point) => within(boxAt(point)) && labels.free(boxAt(point)));
  const spot = open.find((point) => dots.free(boxAt(point))) || (hub || called ? open[0] : null) || (called ? tries[0] : null);
  if (!spot) return;
  labels.add(boxAt(spot));
  view.labels.push({ box: boxAt(spot), text, spot, font: ctx.font });
  ctx.strokeStyle = view.theme.paper;
  ctx.lineWidth = 4;
  ctx.globalAlpha = 0.9;
  ctx.strokeText(text, ...spot);
  ctx.globalAlpha = 1;
  ctx.fillStyle = view.theme.ink;
  ctx.fillText(text, ...spot);
}

// Where a label may stand: beneath or above its node (shifted when the canvas ends), beside it, at its corners
function labelSpots(x, y, r, half, height, frame) {
  const [over, wide] = [r * 1.1 + 4 + height / 2, r * 1.1 + 6 + half];
  const [near45, far45] = [r * 0.75 + 4 + half, r * 0.75 + height / 2];
  const most = Math.min(half, frame.width / 2 - 4) + 4;
  const slid = x > 0 && x < frame.width ? Math.max(most, Math.min(frame.width - most, x)) : x;
  const corners = [[x + near45, y + far45], [x - near45, y + far45], [x + near45, y - far45], [x - near45, y - far45]];
  const aslant = [0.6, -0.6].flatMap((share) => [[x + half * share, y + over], [x + half * share, y - over]]);
  return [[slid, y + over], [slid, y - over], [x + wide, y], [x - wide, y], ...corners, ...aslant];
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
