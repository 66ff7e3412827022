// Steps from name to name: who lies within so many, and the shortest way between two.  Draws nothing.

const walkable = (line) => passing.lines[line] && isEntity(lines.source[line]) && isEntity(lines.target[line]);

// Every name within some steps of a node, with its distance; claims and articles pass on to the names beside them
function within(start, steps) {
  const far = new Map([[start, 0]]);
  let edge = isEntity(start) ? [start] : linesOf(start).map((line) => otherEnd(line, start)).filter(isEntity);
  edge.forEach((node) => far.set(node, far.get(node) ?? 1));
  for (let step = isEntity(start) ? 1 : 2; step <= steps; step += 1) {
    const next = [];
    for (const node of edge) {
      for (const line of linesOf(node).filter(walkable)) {
        const other = otherEnd(line, node);
        if (!far.has(other)) next.push(other);
        far.set(other, far.get(other) ?? step);
      }
    }
    edge = next;
  }
  return far;
}

// The lines of the shortest way, the stronger first among equals; null when there is none
function shortestPath(from, to) {
  const reached = new Map([[from, -1]]);
  let edge = [from];
  while (edge.length && !reached.has(to)) {
    const steps = edge.flatMap((node) => linesOf(node).filter(walkable).map((line) => ({ line, other: otherEnd(line, node) })));
    steps.sort((a, b) => lines.members[b.line].length - lines.members[a.line].length || a.line - b.line);
    edge = [];
    for (const { line, other } of steps) {
      if (reached.has(other)) continue;
      reached.set(other, line);
      edge.push(other);
    }
  }
  if (!reached.has(to)) return null;
  const way = [];
  for (let node = to; node !== from; node = otherEnd(way[0], node)) way.unshift(reached.get(node));
  return way;
}
