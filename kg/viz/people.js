// The evidence panel on people, organisations, places, events and articles.

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

// Roles that the articles state alike are one item; the earliest come first
function roleItems(rows, showPerson, here) {
  const groups = new Map();
  for (const row of rows.filter((edge) => edges.affiliation[edge] >= 0)) {
    const item = affiliation(edges.affiliation[row]);
    const key = JSON.stringify([edges.source[row], (item.name || roleText(edges.affiliation[row])).toLowerCase(), item.organisation, item.place, item.status]);
    groups.set(key, [...(groups.get(key) || []), row]);
  }
  const items = [...groups.values()].map((group) => ({ group, ...roleTimes(group) }));
  items.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : b.group.length - a.group.length));
  return items.map(({ group, when }) => () => roleItem(group, when, showPerson, here));
}

// When a role was held, as the texts say, or else when the articles that state it appeared
function roleTimes(group) {
  const stated = group.map((row) => affiliation(edges.affiliation[row]));
  const [since, until] = ["since", "until"].map((name) => stated.map((item) => item[name]).filter(Boolean).sort()[0] || "");
  const days = group.flatMap((row) => edges.spans[row]).map((span) => firstDay(article(spans.document[span]).published)).filter(Boolean).sort();
  const held = since && until ? range(since, until) : since ? `since ${dateText(since, "short")}` : until ? `until ${dateText(until, "short")}` : "";
  const reported = days.length ? `${held ? "reported " : ""}${range(days[0], days.at(-1))}` : "";
  return { first: days[0] || since || "9", when: { held, reported } };
}

function roleItem(group, { held, reported }, showPerson, here) {
  const item = affiliation(edges.affiliation[group[0]]);
  const role = item.role >= 0 ? quote(item.role) : item.name || "associated";
  const where = [item.organisation, item.place].filter((node) => node >= 0 && !(showPerson && node === here));
  return el("div", { class: `role-item ${item.status}` },
    el("p", { class: "when" }, held ? el("strong", {}, held) : "", held && reported ? " · " : "", reported),
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
    placeFacts(node),
    wayOut(node),
    section("Roles over time", roleItems(edgeRows(edgesFrom[node], "affiliation"), false), (render) => render(), "roles"),
    section("People", kindOf(node).name === "PERSON" ? [] : roleItems(edgeRows(edgesTo[node], "affiliation"), true, node), (render) => render(), "roles"),
    section("When", happenings(node), (render) => render()),
    chips("Took part", targets(node, "participant")),
    chips("Where", targets(node, "located in")),
    chips("Lies in", targets(node, "within")),
    chips("Holds", sources(node, "within")),
    chips("Speaks about", topTopics(said)),
    section("Said", said, (claim) => claimCard(claim, false)),
    section("Said on its behalf", latestFirst(unique(sources(node, "on behalf of"))), (claim) => claimCard(claim, true)),
    section(`Said about ${nameOf(node)}`, about, (claim) => claimCard(claim, true)),
    chips("Events", events),
    section("Mentioned in", mentioned, mentionItem),
    connections(node),
  ];
}

// What the claims of somebody are most often about
function topTopics(claims) {
  const counts = new Map();
  claims.flatMap((claim) => unique(targets(claim, "about"))).forEach((topic) => counts.set(topic, (counts.get(topic) || 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 8).map(([topic]) => topic);
}

function placeFacts(node) {
  if (!placeRow.has(node)) return null;
  const { latitude, longitude, country } = at(data.places, placeRow.get(node));
  const degrees = (value, [above, below]) => `${Math.abs(value).toFixed(2)}° ${value < 0 ? below : above}`;
  return el("p", { class: "small" }, [country, degrees(latitude, "NS"), degrees(longitude, "EW")].filter(Boolean).join(" · "));
}

// What each passage says of an event's time
function happenings(node) {
  const rows = data.events.node.flatMap((owner, row) => (owner === node && (data.events.date[row] || data.events.time[row] >= 0) ? [at(data.events, row)] : []));
  rows.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.span - b.span));
  return rows.map((item) => () => el("div", {}, el("p", {}, el("strong", {}, item.date ? dateText(item.date) : `“${quote(item.time)}”`), " ", item.status === "past" ? "" : badge(item.status)),
    evidenceList([item.span], "content")));
}

// How far around a name to look, and the way from it to another
function wayOut(node) {
  const steps = [1, 2, 3].map((count) => {
    const pressed = Boolean(state.focus) && state.focus.node === node && state.focus.steps === count;
    return el("button", { type: "button", class: "step", "aria-pressed": String(pressed), "data-steps": count, onclick: () => focusOn(pressed ? null : { node, steps: count }) }, String(count));
  });
  const path = el("button", { type: "button", class: "pill", id: "path", onclick: () => pickFrom(node) }, "Path to …");
  return el("p", { class: "ways" }, el("span", { class: "steps", role: "group", "aria-label": "Show only what lies within so many steps" }, el("span", {}, "Steps around"), ...steps), path);
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

function articlePanel(node) {
  const item = article(node);
  const claims = sources(node, "appears in").sort((a, b) => spans.start[claimOf(a).content[0]] - spans.start[claimOf(b).content[0]]);
  const marks = claims.flatMap((claim) => claimOf(claim).content.map((span) => markOf(span, "content", { opens: claim })));
  const mentioned = targets(node, "mentions").sort((a, b) => nodes.size[b] - nodes.size[a]);
  return [
    el("h2", {}, item.title),
    el("p", { class: "small" }, joined([byline(node), item.url ? outside(item.url) : ""].filter(Boolean), " · ")),
    chips("Copies", unique([...targets(node, "copy of"), ...sources(node, "copy of")])),
    section("Claims", claims, (claim) => claimCard(claim, true)),
    chips("Names", mentioned),
    el("section", {}, el("h3", {}, "Text"), excerpt(node, marks, true)),
  ];
}
