// Movement: what part of the picture the canvas shows.

const motion = () => (calm.matches || NODES > 4000 ? false : { duration: 320, easingFunction: "easeInOutCubic" });

function centreOn(node) {
  view.whole = false;
  view.network.moveTo({ position: { x: view.x[node], y: view.y[node] }, scale: Math.max(0.75, view.network.getScale()), animation: motion() });
}

// Some nodes, as large as there is room for them
function fitNodes(places) {
  view.whole = false;
  const { clientWidth: width, clientHeight: height } = view.network.canvas.frame;
  if (places.length && width && height) view.network.moveTo({ ...fitted(places, width, height), animation: motion() });
}

// The whole picture, as large as the canvas holds it with room for the labels at its edges
function fitAll(animated = true) {
  view.whole = true;
  view.network.canvas.setSize();
  const { clientWidth: width, clientHeight: height } = view.network.canvas.frame;
  const places = ORDER.filter((node) => view.shown[node]);
  if (!places.length || !width || !height) return;
  const controls = document.querySelector(".zoom");
  let wished = fitted(places, width, height);
  const low = (node) => (view.y[node] - wished.position.y + nodes.size[node]) * wished.scale + height / 2 > height - controls.offsetHeight - 40;
  const beside = (node) => {
    const [x, r] = [(view.x[node] - wished.position.x) * wished.scale + width / 2, nodes.size[node] * wished.scale];
    return x + r > width - controls.offsetWidth - 80 || (!find("hidden").hidden && x - r < find("hidden").offsetWidth + 80);
  };
  if (places.some((node) => low(node) && beside(node))) {
    const lost = controls.offsetHeight + 10; // the buttons' own strip stays free
    wished = fitted(places, width, height - lost);
    wished.position.y += lost / 2 / wished.scale;
  }
  view.network.moveTo({ ...wished, animation: animated ? motion() : false });
}

function fitted(places, width, height) {
  const aside = places.map((node) => Math.min(width * 0.09, 6 + 3 * Math.min(28, nameOf(node).length)));
  const extent = (scale) => {
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    places.forEach((node, place) => {
      const [x, y, r] = [view.x[node] * scale, view.y[node] * scale, nodes.size[node] * 1.2 * scale];
      box.left = Math.min(box.left, x - Math.max(r + 4, aside[place]));
      box.right = Math.max(box.right, x + Math.max(r + 4, aside[place]));
      box.top = Math.min(box.top, y - r - 6);
      box.bottom = Math.max(box.bottom, y + r + 20);
    });
    return box;
  };
  let [least, most] = [1e-4, 1.3];
  for (let round = 0; round < 24; round += 1) {
    const scale = (least + most) / 2;
    const { left, top, right, bottom } = extent(scale);
    if (right - left <= width - 8 && bottom - top <= height - 8) least = scale;
    else most = scale;
  }
  const { left, top, right, bottom } = extent(least);
  return { position: { x: (left + right) / 2 / least, y: (top + bottom) / 2 / least }, scale: least };
}

function zoomBy(factor) {
  view.whole = false;
  view.network.moveTo({ scale: view.network.getScale() * factor, animation: motion() });
}

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
