// Export of what is shown: the drawing as SVG or PNG, the claims, places or table as CSV, all of it as JSON.

const DRAWN = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "opacity", "paint-order", "stroke-linejoin", "vector-effect",
  "font-family", "font-size", "font-weight", "font-style", "letter-spacing", "text-anchor"];

function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const fileName = (suffix) => `${plain(data.title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "graph"}-${state.view}.${suffix}`;
const canDraw = () => state.view === "graph" || Boolean(find("sheet").querySelector("svg.drawing"));

// ---------------------------------------------------------------- drawings
function svgShown() {
  const drawing = state.view === "graph" ? graphSvg() : sheetSvg();
  return { text: new XMLSerializer().serializeToString(drawing), width: Number(drawing.getAttribute("width")), height: Number(drawing.getAttribute("height")) };
}

// A sheet's drawing with its looks written into each element
function sheetSvg() {
  const original = find("sheet").querySelector("svg.drawing");
  const copy = original.cloneNode(true);
  const all = [...copy.querySelectorAll("*")];
  [...original.querySelectorAll("*")].forEach((element, place) => {
    const style = getComputedStyle(element);
    all[place].removeAttribute("class");
    all[place].removeAttribute("tabindex");
    all[place].setAttribute("style", DRAWN.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
  });
  copy.prepend(svg("rect", { width: "100%", height: "100%", fill: view.theme.paper }));
  return copy;
}

// The picture as it lies on the screen
function graphSvg() {
  const { clientWidth: width, clientHeight: height } = find("canvas");
  const zoom = view.network.getScale();
  const corner = view.network.DOMtoCanvas({ x: 0, y: 0 });
  const groups = view.batches.map(({ relation, strength, rows, state: look }) => svg("path", {
    d: rows.map(linePath).join(""), fill: "none", stroke: lineColour(relation), "stroke-opacity": lineOpacity(relation, look), "stroke-width": lineWidth(strength, look, zoom), "stroke-dasharray": lineDash(relation).join(" ") || null,
  }));
  const shapes = ORDER.filter((node) => view.shown[node]).reverse().map((node) => svg("path", {
    d: shapePath(nodes.kind[node]), transform: `translate(${view.x[node]} ${view.y[node]}) scale(${nodes.size[node]})`, fill: view.theme.kinds[nodes.kind[node]], opacity: view.near && !view.near.has(node) ? 0.16 : 1,
  }));
  const names = view.labels.map(({ text, spot: [x, y], font }) => svg("text", { x: round2(x), y: round2(y), style: `font:${font}`, "text-anchor": "middle", dy: ".35em", fill: view.theme.ink, stroke: view.theme.paper, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" }, text));
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    svg("rect", { width: "100%", height: "100%", fill: view.theme.paper }),
    svg("g", { transform: `scale(${zoom}) translate(${-corner.x} ${-corner.y})` }, ...groups, ...shapes), ...names);
}

function linePath(line) {
  const [a, b] = [lines.source[line], lines.target[line]];
  const middle = bends[line] ? `Q${control(line).map(round2).join(" ")} ` : "L";
  return `M${view.x[a]} ${view.y[a]}${middle}${view.x[b]} ${view.y[b]}`;
}

function savePng() {
  const { text, width, height } = svgShown();
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = el("canvas", { width: width * 2, height: height * 2 });
    canvas.getContext("2d").drawImage(image, 0, 0, width * 2, height * 2);
    canvas.toBlob((blob) => save(fileName("png"), "image/png", blob));
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(wellFormed(text))}`;
}

// ---------------------------------------------------------------- data
// A table program takes what begins with = + - @ for a formula
const csvCell = (value) => {
  const text = String(value ?? "").replace(/^(?=[=+\-@\t\r])/, typeof value === "number" ? "" : "'");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csv = (records) => `\uFEFF${[Object.keys(records[0] || {}), ...records.map(Object.values)].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;

function claimRecord(node) {
  const claim = claimOf(node);
  const where = claimDocument(claim);
  const item = article(where);
  const organisations = organisationsOf[claimRow.get(node)].map(nameOf).join("; ");
  return { speaker: speakersOf(node).map(nameOf).join("; "), source: claim.source >= 0 ? quote(claim.source) : "", role: roleText(claim.affiliation), organisation: organisations, claim: claimQuote(claim),
    kind: claim.kind, cue: claim.cue >= 0 ? quote(claim.cue) : "", polarity: claim.polarity, modality: claim.modality, about: unique(targets(node, "about")).map(nameOf).join("; "),
    date: claimDay(node), outlet: item.publisher, title: item.title, url: item.url, start: spans.start[claim.content[0]], end: spans.end[claim.content.at(-1)], confidence: claim.score, id: nodes.id[node] };
}

const placeRecord = ({ node, seen }) => ({ name: nameOf(node), mentions: seen, latitude: data.places.latitude[placeRow.get(node)], longitude: data.places.longitude[placeRow.get(node)], country: data.places.country[placeRow.get(node)], id: nodes.id[node] });

const speakerRecord = (row) => ({ [tableState.by]: row.name, organisations: [...row.organisations.keys()].map(nameOf).join("; "), claims: row.claims, named: row.named, ...row.kinds, outlets: [...row.outlets].sort().join("; "), first: row.days[0] || "", last: row.days.at(-1) || "" });

// What a sheet shows, or the claims that pass the filters
function recordsShown() {
  if (state.view === "map") return mapPlaces().map(placeRecord);
  if (state.view === "speakers") return sortedRows(tableRows(claimsShown())).map(speakerRecord);
  return latestFirst(claimsShown()).map(claimRecord);
}

function jsonShown() {
  const node = (place) => ({ id: nodes.id[place], kind: kindOf(place).name, name: nameOf(place) });
  const edge = (line) => ({ source: nodes.id[lines.source[line]], target: nodes.id[lines.target[line]], relation: relationNames[lines.relation[line]], count: lines.members[line].length });
  const shown = nodes.id.map((_, place) => place).filter((place) => view.shown[place]);
  const facts = { title: data.title, permalink: `#${fragmentOf()}`, nodes: shown.map(node), edges: view.drawn.map(edge), claims: latestFirst(claimsShown()).map(claimRecord) };
  if (state.view === "map" || state.view === "speakers") facts[state.view] = recordsShown();
  return `${JSON.stringify(facts, null, 1)}\n`;
}

const SAVES = {
  png: savePng,
  svg: () => save(fileName("svg"), "image/svg+xml", wellFormed(svgShown().text)),
  csv: () => save(fileName("csv"), "text/csv", csv(recordsShown())),
  json: () => save(fileName("json"), "application/json", jsonShown()),
};

function exportMenu() {
  const words = { png: "Picture (PNG)", svg: "Drawing (SVG)", csv: "Table (CSV)", json: "Data (JSON)" };
  const menu = find("export-menu");
  menu.replaceChildren(...Object.keys(SAVES).map((name) => el("button", { type: "button", "data-save": name, onclick: () => { SAVES[name](); find("export").open = false; } }, words[name])));
  find("export").addEventListener("toggle", () => {
    for (const name of ["png", "svg"]) menu.querySelector(`[data-save=${name}]`).disabled = !canDraw();
  });
  document.addEventListener("click", (event) => { if (!find("export").contains(event.target)) find("export").open = false; });
}
