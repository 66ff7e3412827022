// The page's data: columns as Python wrote them, what is looked up in them, and elements made from it.  Draws nothing.

const payload = document.getElementById("payload");
const data = JSON.parse(payload.type === "application/json" ? payload.textContent : await unpacked(payload.textContent));
payload.remove();

// Large graphs come as gzip in base 64
function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

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
const placeRow = rowOf(data.places);
const isEntity = (node) => entityRow.has(node);
const kindNamed = (name) => data.kinds.findIndex((kind) => kind.name === name);
const [PERSON, ORG, CLAIM, DOCUMENT] = ["PERSON", "ORG", "CLAIM", "DOCUMENT"].map(kindNamed);

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

// "3 March 2031", "March 2031" or "2031", as much as the date says
function dateText(iso, style = "long") {
  const [year, month, day] = (/^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso) || []).slice(1).map(Number);
  const when = new Date(Date.UTC(year, (month || 1) - 1, day || 1));
  if (Number.isNaN(when.getTime())) return iso;
  return when.toLocaleDateString("en-GB", { timeZone: "UTC", year: "numeric", ...(month && { month: style }), ...(day && { day: "numeric" }) });
}

const range = (one, other, style = "short") => unique([one, other].filter(Boolean).map((day) => dateText(day, style))).join(" – ");

// The first day of a year, a month or a day; nothing of what is no date
function firstDay(iso) {
  const found = /^\d{4}(-\d\d){0,2}/.exec(iso);
  return found ? `${found[0]}-01-01`.slice(0, 10) : "";
}
const dayOf = data.claims.node.map((_, row) => firstDay(data.claims.said_on[row] || documents.published[documentRow.get(spans.document[data.claims.content[row][0]])]));
const claimDay = (node) => dayOf[claimRow.get(node)];
const latestFirst = (claims) => [...claims].sort((a, b) => {
  const [one, other] = [claimDay(a), claimDay(b)];
  return one === other ? a - b : one < other ? 1 : -1;
});
const speakersOf = (node) => unique(sources(node, "said"));

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

function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes || {})) if (value !== null && value !== undefined) element.setAttribute(key, value);
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
