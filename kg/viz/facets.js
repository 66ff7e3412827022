// Legend and filters: the controls on the left, each with the number of what it would leave.

const FACET_WORDS = { outlet: "Outlet", kind: "Kind of claim", polarity: "Polarity", modality: "Modality" };
const ORDERS = { kind: ["direct", "indirect", "mixed"], polarity: ["affirmed", "denied"], modality: ["asserted", "predicted", "possible", "demanded", "conditional"] };
const SEEN = 7; // values of a filter before "more"
const controls = []; // what each control does when anything has changed

const number = (count) => count.toLocaleString("en-GB");

function legend() {
  const box = find("kinds");
  data.kinds.forEach((kind, place) => {
    const all = nodes.kind.filter((other) => other === place);
    if (!all.length) return;
    const count = el("span", { class: "count" });
    const button = el("button", { type: "button", class: "toggle", "data-kind": kind.name, onclick: () => change(() => flip(state.kinds, place)) }, shapeIcon(place), el("span", {}, kind.plural), count);
    box.append(button);
    controls.push(() => {
      let left = all.length;
      if (passing.active) left = nodes.kind.reduce((sum, other, node) => sum + (other === place && passing.nodes[node] ? 1 : 0), 0);
      button.setAttribute("aria-pressed", String(state.kinds.has(place)));
      count.textContent = left < all.length ? `${number(left)} of ${number(all.length)}` : number(left);
    });
  });
}

const flip = (chosen, value) => chosen.delete(value) || chosen.add(value);

function facets() {
  const parts = [dates(), ...["outlet", "kind", "polarity", "modality"].map(choices), organisations(), confidence(), connectionKinds()];
  find("facets").replaceChildren(...parts.filter(Boolean), el("button", { type: "button", class: "pill", id: "clear", onclick: () => change(() => { state.filter = emptyFilter(); }) }, "Clear the filters"));
  controls.push(() => {
    find("used").textContent = passing.active ? String(passing.active) : "";
    find("clear").hidden = !passing.active;
  });
}

const group = (name, label, ...content) => el("div", { class: "facet", role: "group", "aria-label": label, "data-facet": name }, el("p", { class: "facet-name" }, label), ...content);

function dates() {
  const days = dayOf.filter(Boolean).sort();
  if (days[0] === days.at(-1)) return null;
  const field = (name, label) => {
    const input = el("input", { type: "date", "aria-label": label, min: days[0], max: days.at(-1), "data-date": name });
    input.addEventListener("change", () => change(() => { state.filter[name] = input.value; }));
    controls.push(() => { input.value = state.filter[name] || (name === "from" ? days[0] : days.at(-1)); input.classList.toggle("used", Boolean(state.filter[name])); });
    return input;
  };
  return group("date", "Date", el("div", { class: "dates" }, field("from", "From this day"), el("span", { "aria-hidden": "true" }, "–"), field("to", "To this day")));
}

function choices(name) {
  const order = ORDERS[name] || [];
  const there = facetCounts(name);
  const values = [...there.keys()].filter(Boolean).sort((a, b) => order.indexOf(a) - order.indexOf(b) || there.get(b) - there.get(a) || (a < b ? -1 : 1));
  if (values.length < 2) return null;
  const buttons = values.map((value) => {
    const count = el("span", { class: "count" });
    const button = el("button", { type: "button", class: "choice", "data-value": value, onclick: () => change(() => flip(state.filter[name], value)) }, el("span", {}, value), count);
    return { value, count, button };
  });
  controls.push(() => {
    const counts = facetCounts(name);
    for (const { value, count, button } of buttons) {
      button.setAttribute("aria-pressed", String(state.filter[name].has(value)));
      button.classList.toggle("none", !counts.get(value));
      count.textContent = number(counts.get(value) || 0);
    }
  });
  const box = el("div", { class: "choices" }, buttons.slice(0, SEEN + 1).map((item) => item.button));
  if (buttons.length > SEEN + 1) {
    const more = el("button", { type: "button", class: "more" }, `${buttons.length - SEEN - 1} more`);
    more.addEventListener("click", () => { more.replaceWith(...buttons.slice(SEEN + 1).map((item) => item.button)); buttons[SEEN + 1].button.focus(); });
    box.append(more);
  }
  return group(name, FACET_WORDS[name], box);
}

function organisations() {
  const there = facetCounts("organisation");
  if (!there.size) return null;
  const order = [...there.keys()].sort((a, b) => there.get(b) - there.get(a) || (nameOf(a) < nameOf(b) ? -1 : 1));
  const options = order.map((node) => el("option", { value: String(node) }, `${clipped(nameOf(node), 40)} (${there.get(node)})`));
  const select = el("select", { "aria-label": "Organisation", id: "organisation" }, el("option", { value: "-1" }, "any"), options);
  select.addEventListener("change", () => change(() => { state.filter.organisation = Number(select.value); }));
  controls.push(() => {
    select.value = String(state.filter.organisation);
    select.classList.toggle("used", state.filter.organisation >= 0);
  });
  return group("organisation", "Organisation of the speaker", select);
}

function confidence() {
  const shown = el("output", {});
  const input = el("input", { type: "range", min: "0", max: "95", step: "5", "aria-label": "Least confidence, per cent", id: "confidence" });
  input.addEventListener("input", () => change(() => { state.filter.confidence = Number(input.value); }));
  controls.push(() => {
    input.value = String(state.filter.confidence);
    shown.textContent = state.filter.confidence ? `at least ${state.filter.confidence}%` : "any";
  });
  return group("confidence", "Confidence", el("div", { class: "slider" }, input, shown));
}

// The kinds of line, each drawn as in the picture
function connectionKinds() {
  const there = relationNames.map((_, place) => place).filter((place) => lines.relation.includes(place));
  const buttons = there.map((place) => {
    const sample = svg("svg", { class: "sample", viewBox: "0 0 26 8", "aria-hidden": "true" }, svg("path", { d: "M1 6Q13 0 25 4", class: `line-${lineLook(place)}` }));
    const button = el("button", { type: "button", class: "choice", "data-relation": relationNames[place], onclick: () => change(() => flip(state.relations, place)) }, sample, el("span", {}, data.relations[place].label));
    controls.push(() => button.setAttribute("aria-pressed", String(state.relations.has(place))));
    return button;
  });
  return group("relation", "Lines in the picture", el("div", { class: "choices" }, buttons));
}
