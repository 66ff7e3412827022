// Filters: which claims, lines and nodes pass what the reader has chosen.  Draws nothing.
//
// A filter chooses claims, and with them who makes them and what they are about; dates, outlets and confidence choose
// among the words behind other lines as well.

const column = (name) => data.claims[name];
const articleOf = column("content").map((content) => spans.document[content[0]]);
const organisationsOf = column("node").map((node, row) => unique([
  column("affiliation")[row] >= 0 ? data.affiliations.organisation[column("affiliation")[row]] : -1,
  ...targets(node, "on behalf of"),
  ...speakersOf(node).filter((speaker) => nodes.kind[speaker] === ORG),
].filter((organisation) => organisation >= 0)));
const outletOf = (article) => documents.publisher[documentRow.get(article)];

const inRange = (day, { from, to }) => (!from || day >= from) && (!to || (day !== "" && day <= to));
const among = (chosen, value) => !chosen.size || chosen.has(value);

// What each filter looks at in a claim (a row), and whether it passes
const FACETS = {
  date: { values: dayOf, passes: (row, filter) => inRange(dayOf[row], filter) },
  outlet: { values: articleOf.map(outletOf), passes: (row, filter) => among(filter.outlet, FACETS.outlet.values[row]) },
  organisation: { values: organisationsOf, passes: (row, filter) => filter.organisation < 0 || organisationsOf[row].includes(filter.organisation) },
  kind: { values: column("kind"), passes: (row, filter) => among(filter.kind, column("kind")[row]) },
  polarity: { values: column("polarity"), passes: (row, filter) => among(filter.polarity, column("polarity")[row]) },
  modality: { values: column("modality"), passes: (row, filter) => among(filter.modality, column("modality")[row]) },
  confidence: { values: column("score"), passes: (row, filter) => column("score")[row] * 100 >= filter.confidence },
};
const FACET_NAMES = Object.keys(FACETS);

const passing = {
  failed: new Uint8Array(data.claims.node.length), // one bit for each filter that a claim fails
  lines: new Uint8Array(LINES).fill(1),
  nodes: new Uint8Array(NODES).fill(1),
  active: 0, // how many filters are in use
};

const claimPasses = (node) => !passing.failed[claimRow.get(node)];
const claimsShown = () => data.claims.node.filter((_, row) => !passing.failed[row]);
const usedBy = (filter) => [filter.from || filter.to, filter.outlet.size, filter.organisation >= 0, filter.kind.size, filter.polarity.size, filter.modality.size, filter.confidence];

function applyFilter() {
  const { filter } = state;
  passing.active = usedBy(filter).filter(Boolean).length;
  for (let row = 0; row < passing.failed.length; row += 1) {
    passing.failed[row] = FACET_NAMES.reduce((bits, name, place) => (FACETS[name].passes(row, filter) ? bits : bits | (1 << place)), 0);
  }
  passing.lines.fill(1);
  passing.nodes.fill(1);
  if (passing.active) passLines(filter);
}

function passLines(filter) {
  const articlePasses = documents.node.map((_, row) => inRange(firstDay(documents.published[row]), filter) && among(filter.outlet, documents.publisher[row]));
  const written = (span) => articlePasses[documentRow.get(spans.document[span])];
  const edgePasses = (row) => edges.score[row] * 100 >= filter.confidence && edges.spans[row].some(written);
  const chosenClaims = filter.organisation >= 0 || filter.kind.size || filter.polarity.size || filter.modality.size;
  passing.nodes.fill(0);
  data.claims.node.forEach((node, row) => { passing.nodes[node] = passing.failed[row] ? 0 : 1; });
  documents.node.forEach((node, row) => { passing.nodes[node] = articlePasses[row] ? 1 : 0; });
  for (let line = 0; line < LINES; line += 1) {
    const ends = [lines.source[line], lines.target[line]];
    const claims = lines.relation[line] === SAID_ABOUT ? lines.members[line] : ends.filter((node) => claimRow.has(node));
    const passes = lines.relation[line] === SAID_ABOUT ? claims.some(claimPasses)
      : claims.length ? claims.every(claimPasses) : lines.members[line].some(edgePasses);
    passing.lines[line] = passes ? 1 : 0;
    if (passes && (claims.length || !chosenClaims)) ends.filter(isEntity).forEach((node) => { passing.nodes[node] = 1; });
  }
}

// How many claims each value would leave, the other filters being as they are
function facetCounts(name) {
  const others = ~(1 << FACET_NAMES.indexOf(name));
  const counts = new Map();
  FACETS[name].values.forEach((value, row) => {
    if (passing.failed[row] & others) return;
    for (const one of Array.isArray(value) ? value : [value]) counts.set(one, (counts.get(one) || 0) + 1);
  });
  return counts;
}
