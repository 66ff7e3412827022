// The evidence panel: what it shows for a node, a line, a path, a time, or before anything is chosen.

const lineWords = (line) => `${nameOf(lines.source[line])} ${data.relations[lines.relation[line]].label} ${nameOf(lines.target[line])}`;

function linePanel(line) {
  const said = lines.relation[line] === SAID_ABOUT;
  const [source, target] = [lines.source[line], lines.target[line]];
  const members = lines.members[line];
  const roles = relationNames[lines.relation[line]] === "affiliation" ? roleItems(members, false) : [];
  return [
    el("h2", { class: "between" }, nodeChip(source), el("span", { class: "verb" }, data.relations[lines.relation[line]].label), nodeChip(target)),
    said ? section("Claims", latestFirst(members), (claim) => claimCard(claim, false)) : null,
    section("Roles", roles, (render) => render()),
    said || roles.length ? null : section("Evidence", evidenceList(unique(members.flatMap((row) => edges.spans[row])), "content"), (item) => item),
    el("p", { class: "small" }, said ? "" : score(Math.max(...members.map((row) => edges.score[row])), "confidence")),
  ];
}

// The way from one name to another, step by step
function pathPanel([from, to]) {
  const way = shortestPath(from, to);
  const ends = el("h2", { class: "between" }, nodeChip(from), el("span", { class: "verb" }, "to"), nodeChip(to));
  if (!way) return [ends, el("p", {}, passing.active ? "No line that passes the filters joins them." : "Nothing in these articles joins them.")];
  let here = from;
  const steps = way.map((line) => {
    const forward = lines.source[line] === here;
    here = otherEnd(line, here);
    const words = data.relations[lines.relation[line]].label;
    return el("li", {}, el("button", { type: "button", class: "row", onclick: goto({ line }) },
      el("span", { class: "verb" }, forward ? `${words} ↓` : `↑ ${words}`), el("span", { class: "count" }, String(lines.members[line].length))), nodeChip(here));
  });
  return [ends, el("p", { class: "small" }, `${plural(way.length, "step")}; each opens the words that show it.`), el("ol", { class: "way" }, el("li", {}, nodeChip(from)), steps)];
}

// All that was said in a time, by all or by one speaker
function periodPanel({ from, to, speaker }) {
  const found = claimsShown().filter((node) => inRange(claimDay(node), { from, to }) && (speaker < 0 || speakersOf(node).includes(speaker)));
  return [
    el("h2", {}, range(from, to, "long")),
    speaker >= 0 ? el("p", { class: "chips" }, nodeChip(speaker)) : null,
    section("Claims", latestFirst(found), (claim) => claimCard(claim, speaker < 0)) || el("p", {}, "Nothing was said then that passes the filters."),
  ];
}

// ---------------------------------------------------------------- before anything is chosen
function overview() {
  const ranked = (relation, ends) => {
    const counts = new Map();
    for (const claim of claimsShown()) for (const node of unique(ends(claim, relation))) counts.set(node, (counts.get(node) || 0) + 1);
    return [...counts].map(([node, count]) => ({ node, count })).sort((a, b) => b.count - a.count || a.node - b.node);
  };
  const people = ranked("said", sources);
  const topics = ranked("about", targets);
  return [
    el("h2", {}, "Who speaks"),
    el("p", { class: "small" }, "Type a name, or choose one: the panel shows all that this person said, in which role, and marks each sentence in its article. A line shows the words that join two names."),
    people.length ? el("ol", { class: "items" }, people.slice(0, 10).map((item) => el("li", {}, rankRow(item, people[0].count)))) : el("p", {}, "No claim has a known speaker."),
    section("Spoken about", topics.slice(0, 8), (item) => rankRow(item, topics[0].count)),
    section("Latest claims", latestFirst(claimsShown()).slice(0, 6), (claim) => claimCard(claim, true)),
  ];
}

const rankRow = ({ node, count }, most) => el("button", { type: "button", class: "rank", onclick: goto({ node }) },
  shapeIcon(nodes.kind[node]), el("span", { class: "name" }, nameOf(node)), el("span", { class: "bar" }, el("span", { style: `width:${(100 * count) / most}%` })), el("span", { class: "count" }, String(count)));

function panelFor(target) {
  if (!target) return { kicker: "Overview", parts: overview() };
  if (target.line !== undefined) return { kicker: "Connection", title: lineWords(target.line), parts: linePanel(target.line) };
  if (target.path) return { kicker: "Path", title: target.path.map(nameOf).join(" to "), parts: pathPanel(target.path) };
  if (target.period) return { kicker: "Said in a time", title: range(target.period.from, target.period.to), parts: periodPanel(target.period) };
  const { name, label } = kindOf(target.node);
  const make = name === "CLAIM" ? claimPanel : name === "DOCUMENT" ? articlePanel : entityPanel;
  return { kicker: label, title: nameOf(target.node), kind: nodes.kind[target.node], parts: make(target.node) };
}
