// The evidence panel: what is known of one node or line, each statement with the words that show it.

const FORM = { name: "by name", surname: "by surname", pronoun: "by a pronoun", nominal: "by a description", none: "not at all" };

// ---------------------------------------------------------------- claims
const speakersOf = (node) => unique(sources(node, "said"));

function spokenBy(node) {
  const claim = claimOf(node);
  const names = speakersOf(node).map(nameOf).join(", ");
  return names || (claim.source >= 0 ? quote(claim.source) : "unnamed source");
}

function claimCard(node, withSpeaker) {
  const claim = claimOf(node);
  const item = article(claimDocument(claim));
  const role = roleText(claim.affiliation);
  const speaker = withSpeaker ? el("span", { class: "who" }, spokenBy(node), role ? el("span", { class: "small" }, `, ${role}`) : "") : "";
  const words = [claim.kind, claim.lemma && `“${claim.lemma}”`, item.publisher, dateText(item.published, "short")].filter(Boolean).join(" · ");
  const denied = claim.polarity === "denied" ? badge("denied", "warn") : "";
  return el("button", { type: "button", class: "card", onclick: goto({ node }) },
    speaker, el("span", { class: `said ${claim.kind}` }, clipped(claimQuote(claim), 220)), el("span", { class: "small" }, words, " ", denied));
}

function claimPanel(node) {
  const claim = claimOf(node);
  const text = claimQuote(claim);
  const where = claimDocument(claim);
  const marks = [...claim.content.map((span) => markOf(span, "content")),
    ...[[claim.cue, "cue"], [claim.source, "source"], [claim.justification, "why"]].filter(([span]) => span >= 0).map(([span, kind]) => markOf(span, kind))];
  return [
    el("h2", { class: `quotation ${text.length > 160 ? "long" : ""} ${claim.kind}` }, text),
    attributionLine(node, claim),
    el("p", { class: "badges" }, badge(claim.kind), badge(claim.polarity, claim.polarity === "denied" ? "warn" : ""), badge(claim.modality),
      score(claim.score, "confidence")),
    el("section", { class: "source" }, el("h3", {}, "Where it is written"), headline(where), ...[excerpt(where, marks)].flat(), markKey(marks)),
    chips("About", targets(node, "about")),
    chips("On behalf of", targets(node, "on behalf of")),
    whySpeaker(node, claim),
    section("Others about the same", othersAbout(node), (other) => claimCard(other, true)),
  ];
}

function othersAbout(node) {
  const others = unique(targets(node, "about").flatMap((topic) => sources(topic, "about")));
  return latestFirst(others.filter((other) => other !== node));
}

function attributionLine(node, claim) {
  const speakers = speakersOf(node);
  const role = roleText(claim.affiliation);
  const who = speakers.length ? joined(speakers.map(nodeLink)) : [el("em", {}, spokenBy(node))];
  return el("p", { class: "attribution" }, "— ", who, role ? el("span", { class: "role" }, `, ${role}`) : "");
}

function markKey(marks) {
  const words = { content: "what was said", cue: "cue", source: "source", why: "why unnamed" };
  return el("p", { class: "key", "aria-label": "Marks" }, unique(marks.map((mark) => mark.kind)).map((kind) => el("mark", { class: kind }, words[kind])));
}

function chips(title, found) {
  const all = unique(found);
  if (!all.length) return null;
  const row = el("p", { class: "chips" }, all.slice(0, 2 * MANY).map(nodeChip));
  if (all.length > 2 * MANY) {
    const more = el("button", { type: "button", class: "more" }, `Show all ${all.length.toLocaleString("en-GB")}`);
    more.addEventListener("click", () => {
      more.replaceWith(...all.slice(2 * MANY).map(nodeChip));
      row.children[2 * MANY].focus();
    });
    row.append(more);
  }
  return el("section", {}, el("h3", {}, title), row);
}

function whySpeaker(node, claim) {
  const facts = [`The text names the source ${FORM[claim.form]}`, claim.source_type !== "none" && `read as: ${claim.source_type}`];
  const steps = claim.trace.map((step) => el("li", {}, step));
  const reason = claim.unresolved ? el("p", { class: "notice" }, `No speaker is given: ${claim.unresolved}`) : "";
  return el("section", { class: "why" }, el("h3", {}, speakersOf(node).length ? "Why this speaker" : "Why no speaker"), reason,
    el("p", { class: "small" }, `${facts.filter(Boolean).join("; ")}.`), steps.length ? el("ol", { class: "trace" }, steps) : "",
    score(claim.speaker_score, "confidence in the speaker"));
}

// ---------------------------------------------------------------- entities and articles
function roleItems(rows, showPerson, here) {
  const groups = new Map();
  for (const row of rows.filter((edge) => edges.affiliation[edge] >= 0)) {
    const item = affiliation(edges.affiliation[row]);
    const key = JSON.stringify([edges.source[row], (item.name || roleText(edges.affiliation[row])).toLowerCase(), item.organisation, item.place, item.status]);
    groups.set(key, [...(groups.get(key) || []), row]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length).map((group) => () => roleItem(group, showPerson, here));
}

function roleItem(group, showPerson, here) {
  const item = affiliation(edges.affiliation[group[0]]);
  const role = item.role >= 0 ? quote(item.role) : item.name || "associated";
  const where = [item.organisation, item.place].filter((node) => node >= 0 && !(showPerson && node === here));
  return el("div", { class: "role-item" },
    el("p", {}, showPerson ? [nodeLink(edges.source[group[0]]), ", "] : "", el("strong", {}, role), where.length ? [" — ", ...joined(where.map(nodeLink))] : "", " ",
      item.status === "current" || role.toLowerCase().startsWith(item.status) ? "" : badge(item.status, "warn"), item.party ? badge(item.party) : ""),
    evidenceList(group.flatMap((row) => edges.spans[row]), "content"));
}

function mentionItems(node) {
  return edgeRows(edgesTo[node], "mentions").map((row) => ({ article: edges.source[row], spans: edges.spans[row] }))
    .sort((a, b) => (article(a.article).published < article(b.article).published ? 1 : -1));
}

const mentionItem = (item) => folded(item.article, item.spans.map((span) => markOf(span, "mention")), [
  el("span", { class: "title" }, nameOf(item.article)), el("span", { class: "byline" }, ` ${article(item.article).publisher}, ${dateText(article(item.article).published, "short")} · ${plural(item.spans.length, "mention")}`),
]);

function entityPanel(node) {
  const row = entityRow.get(node);
  const aliases = data.entities.aliases[row];
  const said = latestFirst(unique(targets(node, "said")));
  const about = latestFirst(unique(sources(node, "about")));
  const events = unique(sources(node, "participant").concat(sources(node, "located in")));
  const mentioned = mentionItems(node);
  const totals = [said.length && plural(said.length, "claim"), about.length && `${about.length} about it`.replace("it", kindOf(node).name === "PERSON" ? "them" : "it"), mentioned.length && plural(mentioned.length, "article")];
  return [
    el("h2", {}, nameOf(node)),
    aliases.length ? el("p", { class: "aliases" }, "also ", joined(aliases.map((alias) => el("q", {}, alias)))) : null,
    el("p", { class: "small" }, totals.filter(Boolean).join(" · ")),
    sameAs(data.entities.same_as[row]),
    section("Roles", roleItems(edgeRows(edgesFrom[node], "affiliation"), false), (render) => render()),
    section("People", kindOf(node).name === "PERSON" ? [] : roleItems(edgeRows(edgesTo[node], "affiliation"), true, node), (render) => render()),
    chips("Took part", targets(node, "participant")),
    chips("Where", targets(node, "located in")),
    section("Said", said, (claim) => claimCard(claim, false)),
    section("Said on its behalf", latestFirst(unique(sources(node, "on behalf of"))), (claim) => claimCard(claim, true)),
    section(`Said about ${nameOf(node)}`, about, (claim) => claimCard(claim, true)),
    chips("Events", events),
    section("Mentioned in", mentioned, mentionItem),
    connections(node),
  ];
}

function sameAs(addresses) {
  return addresses.length ? el("p", { class: "small" }, "Same as ", joined(addresses.map((address) => outside(address)))) : null;
}

// Every drawn line of the node, so that no line needs a pointer
function connections(node) {
  const found = linesOf(node).filter((line) => entityRow.has(otherEnd(line, node)));
  return section("Connections", found, (line) => el("button", { type: "button", class: "row", onclick: goto({ line }) },
    shapeIcon(nodes.kind[otherEnd(line, node)]), el("span", {}, lineWords(line)), el("span", { class: "count" }, String(lines.members[line].length))));
}

const lineWords = (line) => `${nameOf(lines.source[line])} ${data.relations[lines.relation[line]].label} ${nameOf(lines.target[line])}`;

function articlePanel(node) {
  const item = article(node);
  const claims = sources(node, "appears in").sort((a, b) => spans.start[claimOf(a).content[0]] - spans.start[claimOf(b).content[0]]);
  const marks = claims.flatMap((claim) => claimOf(claim).content.map((span) => markOf(span, "content", { opens: claim })));
  const mentioned = targets(node, "mentions").sort((a, b) => nodes.size[b] - nodes.size[a]);
  return [
    el("h2", {}, item.title),
    el("p", { class: "small" }, joined([byline(node), item.url ? outside(item.url) : ""].filter(Boolean), " · ")),
    section("Claims", claims, (claim) => claimCard(claim, true)),
    chips("Names", mentioned),
    el("section", {}, el("h3", {}, "Text"), excerpt(node, marks, true)),
  ];
}

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

// ---------------------------------------------------------------- before anything is chosen
function overview() {
  const ranked = (count) => nodes.id.map((_, node) => ({ node, count: count(node) })).filter((item) => item.count).sort((a, b) => b.count - a.count || a.node - b.node);
  const people = ranked((node) => unique(targets(node, "said")).length);
  const topics = ranked((node) => unique(sources(node, "about")).length);
  return [
    el("h2", {}, "Who speaks"),
    el("p", { class: "small" }, "Choose a name, a line of the picture or a claim to see the words that show it."),
    ranking(people, "claims"),
    section("Spoken about", topics.slice(0, 8).map((item) => item), (item) => rankRow(item, topics[0].count)),
    section("Latest claims", latestFirst(data.claims.node).slice(0, 6), (claim) => claimCard(claim, true)),
  ];
}

const rankRow = ({ node, count }, most) => el("button", { type: "button", class: "rank", onclick: goto({ node }) },
  shapeIcon(nodes.kind[node]), el("span", { class: "name" }, nameOf(node)), el("span", { class: "bar" }, el("span", { style: `width:${(100 * count) / most}%` })), el("span", { class: "count" }, String(count)));

function ranking(items) {
  if (!items.length) return el("p", {}, "No claim has a known speaker.");
  return el("ol", { class: "items" }, items.slice(0, 10).map((item) => el("li", {}, rankRow(item, items[0].count))));
}

function panelFor(target) {
  if (!target) return { kicker: "Overview", parts: overview() };
  if (target.line !== undefined) return { kicker: "Connection", parts: linePanel(target.line) };
  const { name, label } = kindOf(target.node);
  const make = name === "CLAIM" ? claimPanel : name === "DOCUMENT" ? articlePanel : entityPanel;
  return { kicker: label, kind: nodes.kind[target.node], parts: make(target.node) };
}
