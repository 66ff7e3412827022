// Permalinks: what is open and what is chosen, written after the # of the address.
//
// An id; source~target~relation for a line; from~to~@path; @day~day for the claims of a time, and ~id for those of one
// speaker.  After a "?" come the view and the filters, where they are not as at the start.

const encoded = (id) => encodeURIComponent(wellFormed(id)).replaceAll("~", "%7E");
const decoded = (part) => byId.get(decodeURIComponent(part));
const SETS = ["outlet", "kind", "polarity", "modality"];

function targetWords(target) {
  if (!target) return "";
  if (target.node !== undefined) return encoded(nodes.id[target.node]);
  if (target.period) {
    const { from, to, speaker } = target.period;
    return `@${from}~${to}${speaker >= 0 ? `~${encoded(nodes.id[speaker])}` : ""}`;
  }
  const ends = endsOf(target).map((node) => encoded(nodes.id[node]));
  return [...ends, target.path ? "@path" : encoded(relationNames[lines.relation[target.line]])].join("~");
}

function readTarget(words) {
  const parts = words.split("~");
  if (words.startsWith("@")) {
    const speaker = parts[2] ? decoded(parts[2]) : -1;
    return parts.length > 1 && speaker !== undefined ? { period: { from: parts[0].slice(1), to: parts[1], speaker } } : null;
  }
  const [node, other] = [decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : undefined];
  if (node === undefined) return null;
  if (parts.length === 1) return { node };
  if (other === undefined) return null;
  if (parts[2] === "@path") return { path: [node, other] };
  const relation = relationNames.indexOf(decodeURIComponent(parts[2] || ""));
  const line = linesFrom[node].find((row) => lines.target[row] === other && lines.relation[row] === relation);
  return line === undefined ? null : { line };
}

const initial = (chosen) => [...chosen].sort((a, b) => a - b).join(" ");
let defaults = null; // {kinds, relations}, as at the start

function fragmentOf() {
  const { filter, focus } = state;
  const parameters = new URLSearchParams();
  if (state.view !== "graph") parameters.set("view", state.view);
  if (initial(state.kinds) !== defaults.kinds) parameters.set("show", [...state.kinds].map((kind) => data.kinds[kind].name).join(" "));
  if (initial(state.relations) !== defaults.relations) parameters.set("lines", [...state.relations].map((relation) => relationNames[relation]).join("|"));
  if (state.all) parameters.set("all", "1");
  for (const name of ["from", "to"]) if (filter[name]) parameters.set(name, filter[name]);
  for (const name of SETS) for (const value of filter[name]) parameters.append(name, wellFormed(value));
  if (filter.organisation >= 0) parameters.set("organisation", wellFormed(nodes.id[filter.organisation]));
  if (filter.confidence) parameters.set("confidence", String(filter.confidence));
  if (focus) {
    parameters.set("steps", String(focus.steps));
    parameters.set("around", wellFormed(nodes.id[focus.node]));
  }
  const words = parameters.toString();
  return targetWords(state.target) + (words ? `?${words}` : "");
}

// Into the state; what the address does not name is as at the start, what it names wrongly is passed over
function readFragment(fragment) {
  const [words, rest = ""] = fragment.split(/\?(.*)/s);
  const given = new URLSearchParams(rest);
  chooseDefaults();
  try {
    state.target = readTarget(words);
  } catch {
    state.target = null; // no valid escapes
  }
  if (VIEWS.some((view) => view.name === given.get("view"))) state.view = given.get("view");
  const chosen = (name, by, all) => given.has(name) && new Set(given.get(name).split(by).map((word) => all.indexOf(word)).filter((place) => place >= 0));
  state.kinds = chosen("show", " ", data.kinds.map((kind) => kind.name)) || state.kinds;
  state.relations = chosen("lines", "|", relationNames) || state.relations;
  state.all = given.has("all");
  readFilter(given);
  const around = byId.get(given.get("around"));
  if (around !== undefined) state.focus = { node: around, steps: Math.max(1, Math.min(3, Number(given.get("steps")) || 1)) };
}

function readFilter(given) {
  const { filter } = state;
  for (const name of ["from", "to"]) if (/^\d{4}-\d\d-\d\d$/.test(given.get(name))) filter[name] = given.get(name);
  for (const name of SETS) {
    const there = new Map(unique(FACETS[name].values).map((value) => [wellFormed(value), value]));
    filter[name] = new Set(given.getAll(name).filter((value) => there.has(value)).map((value) => there.get(value)));
  }
  filter.organisation = byId.get(given.get("organisation")) ?? -1;
  filter.confidence = Math.max(0, Math.min(100, Number(given.get("confidence")) || 0));
}
