// Who speaks: a table of speakers, organisations or outlets with the claims of each.

const BY = [["speaker", "Speakers"], ["organisation", "Organisations"], ["outlet", "Outlets"]];
const tableState = { by: "speaker", sort: "claims", down: true, all: false };
const ROWS = 100; // before "show all"

const isNamed = (row) => column("source_type")[row].startsWith("named");

function speakersSheet() {
  const claims = claimsShown();
  const named = claims.filter((node) => isNamed(claimRow.get(node))).length;
  const outlets = unique(claims.map((node) => outletOf(articleOf[claimRow.get(node)])).filter(Boolean)).length;
  const share = claims.length ? Math.round((100 * named) / claims.length) : 0;
  const words = `${plural(claims.length, "claim")}${filteredWords()}: ${share}% by named people and organisations, ${100 - share}% by sources without a name${outlets > 1 ? `; in ${plural(outlets, "outlet")}` : ""}.`;
  const switches = BY.map(([by, label]) => el("button", { type: "button", class: "choice", "aria-pressed": String(tableState.by === by), "data-by": by, onclick: () => { Object.assign(tableState, { by, all: false }); drawSheet(); } }, label));
  const rows = sortedRows(tableRows(claims));
  const table = speakersTable(rows);
  const more = rows.length > ROWS && !tableState.all ? el("button", { type: "button", class: "more", onclick: () => { tableState.all = true; drawSheet(); } }, `Show all ${number(rows.length)}`) : null;
  return [sheetHead("Who speaks", words), el("div", { class: "choices by", role: "group", "aria-label": "Rows of the table" }, switches), table, more];
}

// One row for each speaker, organisation or outlet: {key, node, name, organisations, claims, named, kinds, outlets, first, last}
function tableRows(claims) {
  const found = new Map();
  for (const node of claims) {
    const row = claimRow.get(node);
    for (const { key, owner, name } of owners(node, row)) {
      if (!found.has(key)) found.set(key, { key, node: owner, name, organisations: new Map(), roles: new Map(), speakers: new Set(), claims: 0, named: 0, kinds: { direct: 0, indirect: 0, mixed: 0 }, outlets: new Set(), days: [] });
      const item = found.get(key);
      item.claims += 1;
      item.named += isNamed(row) ? 1 : 0;
      item.kinds[column("kind")[row]] += 1;
      if (outletOf(articleOf[row])) item.outlets.add(outletOf(articleOf[row]));
      if (dayOf[row]) item.days.push(dayOf[row]);
      organisationsOf[row].filter((one) => one !== owner).forEach((one) => item.organisations.set(one, (item.organisations.get(one) || 0) + 1));
      const role = roleText(column("affiliation")[row]);
      if (role) item.roles.set(role, (item.roles.get(role) || 0) + 1);
      speakersOf(node).forEach((speaker) => item.speakers.add(speaker));
    }
  }
  return [...found.values()].map((item) => ({ ...item, days: item.days.sort() }));
}

function owners(node, row) {
  if (tableState.by === "outlet") return [{ key: outletOf(articleOf[row]), owner: -1, name: outletOf(articleOf[row]) || "unknown outlet" }];
  if (tableState.by === "organisation") {
    const own = organisationsOf[row].map((owner) => ({ key: owner, owner, name: nameOf(owner) }));
    return own.length ? own : [{ key: -1, owner: -1, name: "none stated" }];
  }
  const own = speakersOf(node).map((owner) => ({ key: owner, owner, name: nameOf(owner) }));
  return own.length ? own : [{ key: plain(spokenBy(node)), owner: -1, name: spokenBy(node) }];
}

const COLUMNS = {
  name: { label: () => BY.find(([by]) => by === tableState.by)[1].slice(0, -1), value: (row) => plain(row.name) },
  with: { label: () => (tableState.by === "speaker" ? "Speaks for" : "Speakers"), value: (row) => (tableState.by === "speaker" ? row.organisations.size : row.speakers.size), hides: true },
  claims: { label: () => "Claims", value: (row) => row.claims },
  named: { label: () => "Named", value: (row) => row.named / row.claims, hides: true },
  kinds: { label: () => "Direct, indirect, mixed", value: (row) => row.kinds.direct / row.claims, hides: true },
  outlets: { label: () => "Outlets", value: (row) => row.outlets.size },
  last: { label: () => "Last", value: (row) => row.days.at(-1) || "", hides: true },
};
const columnsShown = () => Object.keys(COLUMNS).filter((name) => !(name === "outlets" && tableState.by === "outlet") && !(name === "named" && tableState.by === "speaker"));

function sortedRows(rows) {
  const { value } = COLUMNS[tableState.sort];
  const way = tableState.down ? -1 : 1;
  return rows.sort((a, b) => (value(a) < value(b) ? -way : value(a) > value(b) ? way : b.claims - a.claims || (plain(a.name) < plain(b.name) ? -1 : 1)));
}

function speakersTable(rows) {
  const most = Math.max(1, ...rows.map((row) => row.claims));
  const head = columnsShown().map((name) => {
    const sorted = tableState.sort === name;
    const button = el("button", { type: "button", onclick: () => { Object.assign(tableState, { sort: name, down: sorted ? !tableState.down : name !== "name" }); drawSheet(); find("sheet").querySelector(`[data-column=${name}] button`).focus(); } },
      COLUMNS[name].label(), el("span", { class: "way-mark", "aria-hidden": "true" }, sorted ? (tableState.down ? " ↓" : " ↑") : ""));
    return el("th", { scope: "col", "data-column": name, class: COLUMNS[name].hides ? "aside" : "", "aria-sort": sorted ? (tableState.down ? "descending" : "ascending") : null }, button);
  });
  const body = rows.slice(0, tableState.all ? rows.length : ROWS).map((row) => el("tr", { "data-node": row.node >= 0 ? row.node : null }, columnsShown().map((name) => cell(name, row, most))));
  return el("table", { class: "speakers" }, el("thead", {}, el("tr", {}, head)), el("tbody", {}, body));
}

function cell(name, row, most) {
  const look = COLUMNS[name].hides ? "aside" : "";
  if (name === "name") return el("th", { scope: "row" }, row.node >= 0 ? el("button", { type: "button", class: "name", onclick: goto({ node: row.node }) }, shapeIcon(nodes.kind[row.node]), el("span", {}, row.name)) : el("span", { class: "name quiet-text" }, clipped(row.name, 60)));
  if (name === "with") return el("td", { class: look }, tableState.by === "speaker" ? topOrganisations(row) : number(row.speakers.size));
  if (name === "claims") return el("td", { class: "claims" }, el("span", { class: "bar" }, el("span", { style: `width:${(100 * row.claims) / most}%` })), number(row.claims));
  if (name === "named") return el("td", { class: look }, row.named === row.claims ? "all" : row.named ? `${Math.round((100 * row.named) / row.claims)}%` : "none");
  if (name === "kinds") return el("td", { class: look }, kindsBar(row));
  if (name === "outlets") return el("td", { title: [...row.outlets].sort().join(", ") }, number(row.outlets.size));
  return el("td", { class: `${look} nowrap` }, row.days.length ? dateText(row.days.at(-1), "short") : "");
}

function topOrganisations(row) {
  const best = [...row.organisations].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([node]) => node);
  if (!best.length) return [el("span", { class: "small" }, [...row.roles].sort((a, b) => b[1] - a[1]).map(([role]) => role)[0] || "")];
  return [...best.slice(0, 2).map((node) => el("div", {}, nodeLink(node))), best.length > 2 ? el("div", { class: "small" }, `and ${best.length - 2} more`) : ""];
}

function kindsBar({ kinds, claims }) {
  const words = Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`).join(", ");
  return el("span", { class: "kinds-bar", role: "img", "aria-label": words, title: words }, Object.entries(kinds).map(([kind, count]) => (count ? el("span", { class: kind, style: `width:${(100 * count) / claims}%` }) : "")));
}
