// Search and list: every name, claim and article in words, for those who do not use the picture.

const FIRST = 60; // rows of the list before more are made
const rows = { found: [], shown: [], active: -1 };

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const haystack = new Map(); // made for a node when it is first searched
function words(node) {
  if (!haystack.has(node)) {
    const aliases = entityRow.has(node) ? data.entities.aliases[entityRow.get(node)] : [];
    haystack.set(node, plain([nameOf(node), ...aliases, claimRow.has(node) ? `${claimQuote(claimOf(node))} ${spokenBy(node)}` : ""].join(" ")));
  }
  return haystack.get(node);
}

// All that a query finds, hidden or not; without one, what passes the filters
function matches(query) {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  if (!wanted.length) return ORDER.filter((node) => state.kinds.has(nodes.kind[node]) && passing.nodes[node]);
  const rank = (node) => (words(node).startsWith(wanted[0]) ? 0 : 1) + (isEntity(node) ? 0 : 2);
  return ORDER.filter((node) => wanted.every((word) => words(node).includes(word))).sort((a, b) => rank(a) - rank(b));
}

function listRows(count = FIRST) {
  const query = find("search").value;
  rows.found = matches(query);
  rows.shown = rows.found.slice(0, count);
  rows.active = -1;
  find("list").replaceChildren(...rows.shown.map(listRow));
  find("found").textContent = query.trim() ? plural(rows.found.length, "result") : plural(rows.found.length, "entry", "entries");
  find("more").hidden = rows.found.length <= count;
  find("more").onclick = () => { listRows(count + 200); find("list").children[count]?.focus(); };
  document.body.classList.toggle("searching", Boolean(query.trim()));
  markActive();
}

function listRow(node, place) {
  const name = claimRow.has(node) ? [el("span", { class: "quote" }, nameOf(node)), el("span", { class: "small" }, ` ${spokenBy(node)}`)] : nameOf(node);
  const row = el("li", { id: `row-${place}`, role: "option", "aria-selected": "false", tabindex: "-1", class: passing.nodes[node] ? "" : "off" }, shapeIcon(nodes.kind[node]),
    el("span", { class: "name" }, name), nodes.degree[node] ? el("span", { class: "count" }, String(nodes.degree[node])) : "");
  row.addEventListener("click", () => choose({ node }, true));
  row.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && choose({ node }, true));
  return row;
}

function markActive() {
  const elements = [...find("list").children];
  elements.forEach((row, place) => {
    row.setAttribute("aria-selected", String(place === rows.active));
    row.classList.toggle("current", Boolean(state.target) && rows.shown[place] === state.target.node);
  });
  const active = elements[rows.active];
  if (active) find("search").setAttribute("aria-activedescendant", active.id);
  else find("search").removeAttribute("aria-activedescendant");
  active?.scrollIntoView({ block: "nearest" });
}

function searchKeys(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    if (step > 0 && rows.active === rows.shown.length - 1 && !find("more").hidden) {
      const before = rows.active;
      listRows(rows.shown.length + 200);
      rows.active = before;
    }
    rows.active = Math.max(0, Math.min(rows.shown.length - 1, rows.active + step));
    markActive();
  } else if (event.key === "Enter" && rows.shown.length) {
    event.preventDefault();
    choose({ node: rows.shown[Math.max(0, rows.active)] }, true);
    find("panel").focus();
  }
}
