// Claims that contradict each other side by side, claims that several make, and articles that are copies.

const edgesOf = (relation) => edges.relation.flatMap((other, row) => (relationNames[other] === relation ? [row] : []));
const allDisputes = edgesOf("contradicts");
const disputes = () => [...allDisputes, ...edgesOf("repeats"), ...edgesOf("copy of")];

function contradictionsSheet() {
  const passes = (row) => claimPasses(edges.source[row]) && claimPasses(edges.target[row]);
  const against = pairs(allDisputes.filter(passes));
  const repeated = claimGroups(edgesOf("repeats").filter(passes));
  const copies = edgesOf("copy of").filter((row) => passing.nodes[edges.source[row]] && passing.nodes[edges.target[row]]);
  const words = [against.length && `${plural(against.length, "pair")} of claims that contradict each other`, repeated.length && `${plural(repeated.length, "statement")} made more than once`, copies.length && plural(copies.length, "copied article")].filter(Boolean).join(" · ");
  return [
    sheetHead("Contradictions", words || "None passes the filters."),
    ...against.map(dispute),
    repeated.length ? el("h3", { class: "part" }, "Said more than once") : null,
    ...repeated.map((group) => el("article", { class: "dispute alike" }, el("div", { class: "sides" }, group.slice(0, 6).map((node) => side(node))))),
    copies.length ? el("h3", { class: "part" }, "Copied articles") : null,
    copies.length ? el("ul", { class: "copies" }, copies.map((row) => el("li", {}, nodeChip(edges.source[row]), el("span", { class: "verb" }, " copies "), nodeChip(edges.target[row])))) : null,
  ];
}

// Each pair once, the surest first
function pairs(rows) {
  const seen = new Map();
  for (const row of rows) {
    const key = [edges.source[row], edges.target[row]].sort((a, b) => a - b).join(" ");
    if (!seen.has(key) || edges.score[seen.get(key)] < edges.score[row]) seen.set(key, row);
  }
  return [...seen.values()].sort((a, b) => edges.score[b] - edges.score[a] || a - b);
}

function dispute(row) {
  const [first, second] = [edges.source[row], edges.target[row]].sort((a, b) => (claimDay(a) < claimDay(b) ? -1 : claimDay(a) > claimDay(b) ? 1 : a - b));
  const shared = unique(targets(first, "about")).filter((topic) => targets(second, "about").includes(topic));
  const line = linesOf(first).find((other) => otherEnd(other, first) === second && relationNames[lines.relation[other]] === "contradicts");
  const why = el("button", { type: "button", class: "more", onclick: goto({ line }) }, edges.note[row] || "why");
  return el("article", { class: "dispute", "aria-label": "Two claims that contradict each other" },
    el("p", { class: "dispute-head" }, shared.length ? ["On ", ...joined(shared.slice(0, 3).map(nodeLink))] : "Against each other", score(edges.score[row], "sure"), line === undefined ? "" : why),
    el("div", { class: "sides" }, side(first), el("span", { class: "against", "aria-hidden": "true" }, "vs"), side(second)));
}

// One side: the words, who said them, and where
function side(node) {
  const claim = claimOf(node);
  const role = roleText(claim.affiliation);
  const item = article(claimDocument(claim));
  return el("div", { class: "side-claim", "data-node": node },
    el("button", { type: "button", class: `said ${claim.kind}`, onclick: goto({ node }) }, clipped(claimQuote(claim), 260)),
    el("p", {}, "— ", speakersOf(node).length ? joined(speakersOf(node).map(nodeLink)) : el("em", {}, spokenBy(node)), role ? el("span", { class: "small" }, `, ${role}`) : ""),
    el("p", { class: "small" }, [item.publisher, dateText(claimDay(node), "short")].filter(Boolean).join(" · "), " ", claim.polarity === "denied" ? badge("denied", "warn") : ""));
}

// Claims that repeat each other, gathered
function claimGroups(rows) {
  const groups = new Map();
  for (const row of rows) {
    const both = unique([...(groups.get(edges.source[row]) || [edges.source[row]]), ...(groups.get(edges.target[row]) || [edges.target[row]])]);
    both.forEach((node) => groups.set(node, both));
  }
  return unique([...groups.values()]).map((group) => latestFirst(group).reverse()).sort((a, b) => b.length - a.length || a[0] - b[0]);
}
