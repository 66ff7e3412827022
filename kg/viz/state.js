// What the reader has chosen: view, filters, focus and what is open.  The picture, the list and the panel follow from it.

const emptyFilter = () => ({ from: "", to: "", outlet: new Set(), organisation: -1, kind: new Set(), polarity: new Set(), modality: new Set(), confidence: 0 });

const state = {
  view: "graph", // graph, timeline, map, speakers or contradictions
  target: null, // {node}, {line}, {path: [from, to]} or {period: {from, to, speaker}}
  kinds: new Set(), // of nodes, by number
  relations: new Set(), // of lines, by number
  all: false, // with those that wait behind a switch
  few: false, // only the best connected, on a narrow screen
  filter: emptyFilter(),
  focus: null, // {node, steps}
  picking: -1, // the node from which a path is wanted
  forced: new Set(), // nodes drawn although a filter hides them
};

function chooseDefaults() {
  state.kinds.clear();
  state.relations.clear();
  data.kinds.forEach((_, kind) => kind !== CLAIM && kind !== DOCUMENT && state.kinds.add(kind));
  relationNames.forEach((_, relation) => state.relations.add(relation));
  if (!lines.source.some((source, line) => isEntity(source) && isEntity(lines.target[line]))) state.kinds.add(CLAIM);
  Object.assign(state, { view: "graph", target: null, all: false, filter: emptyFilter(), focus: null });
}

const endsOf = (target) => {
  if (!target) return [];
  if (target.node !== undefined) return [target.node];
  if (target.line !== undefined) return [lines.source[target.line], lines.target[target.line]];
  return target.path || [];
};
