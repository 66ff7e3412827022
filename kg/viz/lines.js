// Lines: how they bend, how they are drawn, and which of them lies under the pointer.

const MANY_LINES = 10000;

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
  if (!view.selected || view.selected.period) return 1;
  if (view.selected.path) return view.way.has(line) ? 2 : 0;
  if (view.selected.line !== undefined) return view.selected.line === line ? 2 : 0;
  return lines.source[line] === view.selected.node || lines.target[line] === view.selected.node ? 2 : view.near ? 0 : 1;
}

function control(line) {
  const [a, b] = [lines.source[line], lines.target[line]];
  const [dx, dy] = [view.x[b] - view.x[a], view.y[b] - view.y[a]];
  return [(view.x[a] + view.x[b]) / 2 - dy * bends[line] * 2, (view.y[a] + view.y[b]) / 2 + dx * bends[line] * 2];
}

// The looks of lines: speech, roles, contradictions, and all the rest
const SPEECH = new Set(["said about", "said", "about", "on behalf of", "repeats"]);
function lineLook(relation) {
  const name = relationNames[relation];
  return SPEECH.has(name) ? "speech" : name === "affiliation" ? "role" : name === "contradicts" ? "against" : "other";
}

const lineColour = (relation) => ({ speech: view.theme.claim, role: view.theme.ink, against: view.theme.accent, other: view.theme.muted })[lineLook(relation)];
const lineOpacity = (relation, look) => [0.07, relation === SAID_ABOUT ? 0.5 : 0.34, 0.95][look];
const lineWidth = (strength, look, zoom) => STRENGTHS[strength] * (look === 2 ? 1.5 : 1) * Math.max(0.8, Math.min(1.4, 0.8 / zoom));
const DOTTED = new Set(["mentions", "within", "copy of"]);
const lineDash = (relation) => (DOTTED.has(relationNames[relation]) && view.drawn.length < 3000 ? [2, 5] : []);

function paintLines(ctx) {
  if (view.dragging && view.drawn.length > MANY_LINES) return; // they come back when the picture rests
  const zoom = view.network.getScale();
  view.zoom = zoom;
  ctx.lineCap = "round";
  for (const { relation, strength, state, rows } of view.batches) {
    ctx.globalAlpha = lineOpacity(relation, state);
    ctx.strokeStyle = lineColour(relation);
    ctx.lineWidth = lineWidth(strength, state, zoom);
    ctx.setLineDash(lineDash(relation));
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
