// The page's data: columns as Python wrote them, and what is looked up in them.  Draws nothing.

const data = JSON.parse(document.getElementById("payload").textContent);
const { nodes, edges, lines, spans, documents } = data;
const NODES = nodes.id.length;
const LINES = lines.source.length;
const relationNames = data.relations.map((relation) => relation.name);
const SAID_ABOUT = relationNames.indexOf("said about");

const wellFormed = (text) => text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
const byId = new Map(nodes.id.map((id, node) => [wellFormed(id), node]));
const rowOf = (table) => new Map(table.node.map((node, row) => [node, row]));
const documentRow = rowOf(documents);
const entityRow = rowOf(data.entities);
const claimRow = rowOf(data.claims);

const grouped = (count, keys) => {
  const groups = Array.from({ length: count }, () => []);
  keys.forEach((key, row) => groups[key].push(row));
  return groups;
};
const edgesFrom = grouped(NODES, edges.source);
const edgesTo = grouped(NODES, edges.target);
const linesFrom = grouped(NODES, lines.source);
const linesTo = grouped(NODES, lines.target);

const at = (table, row) => Object.fromEntries(Object.entries(table).map(([name, column]) => [name, column[row]]));
const kindOf = (node) => data.kinds[nodes.kind[node]];
const nameOf = (node) => nodes.label[node];
const claimOf = (node) => at(data.claims, claimRow.get(node));
const affiliation = (row) => at(data.affiliations, row);
const article = (node) => at(documents, documentRow.get(node));
const textOf = (node) => documents.text[documentRow.get(node)];
const unique = (items) => [...new Set(items)];

const edgeRows = (rows, relation) => rows.filter((row) => relationNames[edges.relation[row]] === relation);
const targets = (node, relation) => edgeRows(edgesFrom[node], relation).map((row) => edges.target[row]);
const sources = (node, relation) => edgeRows(edgesTo[node], relation).map((row) => edges.source[row]);
const linesOf = (node) => [...linesFrom[node], ...linesTo[node]];
const otherEnd = (line, node) => (lines.source[line] === node ? lines.target[line] : lines.source[line]);

const quote = (span) => textOf(spans.document[span]).slice(spans.start[span], spans.end[span]);
const claimQuote = (claim) => claim.content.map(quote).join(" … ");
const claimDocument = (claim) => spans.document[claim.content[0]];

// "Carla Brandão, minister of water at the Council": the role under which a claim or an edge shows somebody
function roleText(row) {
  if (row < 0) return "";
  const item = affiliation(row);
  const role = item.role >= 0 ? quote(item.role) : item.name;
  const where = [item.organisation, item.place].filter((node) => node >= 0).map(nameOf);
  const status = item.status === "current" ? "" : `${item.status} `;
  return (role.toLowerCase().startsWith(item.status) ? "" : status) + [role, ...where.filter((name) => !role.includes(name))].filter(Boolean).join(", ");
}

function dateText(iso, style = "long") {
  const when = new Date(/^\d{4}-\d\d-\d\d$/.test(iso) ? `${iso}T00:00:00Z` : iso);
  if (!iso || Number.isNaN(when.getTime())) return iso;
  return when.toLocaleDateString("en-GB", { day: "numeric", month: style, year: "numeric", timeZone: "UTC" });
}

const publishedOf = (claim) => article(claimDocument(claim)).published;
const latestFirst = (claims) => [...claims].sort((a, b) => {
  const [one, other] = [publishedOf(claimOf(a)), publishedOf(claimOf(b))];
  return one === other ? a - b : one < other ? 1 : -1;
});

// Permalinks: an id, or source~target~relation for a line
const encoded = (id) => encodeURIComponent(wellFormed(id)).replaceAll("~", "%7E");

function fragmentOf(target) {
  if (!target) return "";
  if (target.node !== undefined) return encoded(nodes.id[target.node]);
  const ends = [lines.source[target.line], lines.target[target.line]].map((node) => encoded(nodes.id[node]));
  return [...ends, encoded(relationNames[lines.relation[target.line]])].join("~");
}

function targetOf(fragment) {
  let parts;
  try {
    parts = fragment.split("~").map(decodeURIComponent);
  } catch {
    return null;
  }
  const node = byId.get(parts[0]);
  if (node === undefined) return null;
  if (parts.length === 1) return { node };
  const [other, relation] = [byId.get(parts[1]), relationNames.indexOf(parts[2])];
  const line = linesFrom[node].find((row) => lines.target[row] === other && lines.relation[row] === relation);
  return line === undefined ? null : { line };
}

// ---------------------------------------------------------------- elements, made from text and never from markup
function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "onclick") element.addEventListener("click", value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// A link out of the page when the address is plain http or https; its text otherwise
function outside(address, text = address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return text;
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return text;
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow" }, text);
}

const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
