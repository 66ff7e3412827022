// The timeline: claims by day, week, month or year, all of them above and those of each speaker below.

const LANES = 16; // speakers with a row of their own
const BINS = 44; // at most so many columns
const UNITS = ["day", "week", "month", "quarter", "year", "decade"];
const DAY = 86400000;

const utc = (day) => new Date(`${day}T00:00:00Z`);
const isoDay = (date) => date.toISOString().slice(0, 10);

// The first day of the day's week, month ...
function unitStart(day, unit) {
  const date = utc(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === "day") return day;
  if (unit === "week") return isoDay(new Date(date - ((date.getUTCDay() + 6) % 7) * DAY));
  if (unit === "month") return isoDay(new Date(Date.UTC(year, month, 1)));
  if (unit === "quarter") return isoDay(new Date(Date.UTC(year, month - (month % 3), 1)));
  return `${unit === "year" ? year : year - (year % 10)}-01-01`;
}

function unitNext(start, unit) {
  const date = utc(start);
  if (unit === "day") return isoDay(new Date(+date + DAY));
  if (unit === "week") return isoDay(new Date(+date + 7 * DAY));
  const months = { month: 1, quarter: 3, year: 12, decade: 120 }[unit];
  return isoDay(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)));
}

// Columns from the first day to the last: where each begins and ends
function timeBins(days) {
  for (const unit of UNITS) {
    const bins = [];
    for (let start = unitStart(days[0], unit); start <= days.at(-1) && bins.length <= BINS; start = unitNext(start, unit)) {
      bins.push({ from: start, to: isoDay(new Date(+utc(unitNext(start, unit)) - DAY)) });
    }
    if (bins.length <= BINS || unit === "decade") return { unit, bins };
  }
  return null;
}

function timeline() {
  const claims = claimsShown().filter((node) => claimDay(node));
  const head = sheetHead("Timeline", `When ${plural(claims.length, "claim")} ${claims.length === 1 ? "was" : "were"} made${filteredWords()}; each mark opens what was said.`);
  if (!claims.length) return [head];
  const { unit, bins } = timeBins(claims.map(claimDay).sort());
  const binOf = (day) => { let place = bins.findIndex((bin) => day <= bin.to); if (place < 0) place = bins.length - 1; return place; };
  const lanes = timeLanes(claims, binOf, bins.length);
  const width = Math.max(320, find("sheet").clientWidth - 2 * parseFloat(getComputedStyle(find("sheet")).paddingLeft));
  const frame = { left: width < 520 ? 140 : 178, width, top: 4, bars: 96, row: 30, unit, bins };
  frame.step = (width - frame.left - 12) / bins.length;
  frame.happenings = eventMarks(frame, binOf);
  frame.first = frame.top + frame.bars + 50 + (frame.happenings.length ? 26 : 0);
  const height = frame.first + lanes.length * frame.row + 8;
  const drawing = svg("svg", { class: "drawing timeline", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": `Timeline by ${unit}` },
    ...timeBars(frame, claims, binOf), ...timeAxis(frame, height), ...frame.happenings, ...lanes.flatMap((lane, place) => timeLane(frame, lane, place)));
  const rest = unique(claims.flatMap(speakersOf)).length - lanes.filter((lane) => lane.speaker >= 0).length;
  return [head, roving(drawing), rest > 0 ? el("p", { class: "small" }, `${plural(rest, "speaker")} with fewer claims ${rest === 1 ? "has" : "have"} no row of their own.`) : null];
}

function timeLanes(claims, binOf, count) {
  const by = new Map([[-1, []]]);
  for (const claim of claims) {
    const speakers = speakersOf(claim);
    for (const speaker of speakers.length ? speakers : [-1]) by.set(speaker, [...(by.get(speaker) || []), claim]);
  }
  const named = [...by].filter(([speaker]) => speaker >= 0).sort((a, b) => b[1].length - a[1].length || a[0] - b[0]).slice(0, LANES);
  const lanes = by.get(-1).length ? [...named, [-1, by.get(-1)]] : named;
  return lanes.map(([speaker, own]) => {
    const cells = Array.from({ length: count }, () => []);
    own.forEach((claim) => cells[binOf(claimDay(claim))].push(claim));
    return { speaker, cells };
  });
}

const binX = ({ left, step }, place) => left + (place + 0.5) * step;

function binWords(frame, place) {
  const { from, to } = frame.bins[place];
  return from === to ? dateText(from) : range(from, to, "short");
}

function timeBars(frame, claims, binOf) {
  const counts = new Array(frame.bins.length).fill(0);
  claims.forEach((claim) => { counts[binOf(claimDay(claim))] += 1; });
  const most = Math.max(...counts);
  const base = frame.top + frame.bars;
  return counts.flatMap((count, place) => {
    if (!count) return [];
    const tall = Math.max(2, (count / most) * (frame.bars - 14));
    const wide = Math.min(30, Math.max(2, frame.step * 0.66));
    const period = { from: frame.bins[place].from, to: frame.bins[place].to, speaker: -1 };
    const figure = frame.step > 17 || place === counts.indexOf(most) ? svg("text", { x: binX(frame, place), y: base - tall - 5, class: "bar-count" }, String(count)) : null;
    return [spot({ class: "spot bin" }, `${binWords(frame, place)}: ${plural(count, "claim")}`, goto({ period }),
      svg("rect", { x: binX(frame, place) - wide / 2, y: base - tall, width: wide, height: tall, rx: Math.min(2.5, wide / 4), class: "bar-rect" }), figure)];
  });
}

// The days beneath the bars, as many as have room
function timeAxis(frame, height) {
  const base = frame.top + frame.bars;
  const parts = [svg("line", { x1: frame.left, x2: frame.width - 12, y1: base + 0.5, y2: base + 0.5, class: "axis" })];
  const every = Math.ceil(54 / frame.step);
  frame.bins.forEach(({ from }, place) => {
    if (place % every) return;
    const date = utc(from);
    const long = frame.unit === "month" || frame.unit === "quarter" ? { month: "short" } : { day: "numeric", month: "short" };
    const words = frame.unit === "year" || frame.unit === "decade" ? from.slice(0, 4) : date.toLocaleDateString("en-GB", { timeZone: "UTC", ...long });
    const year = !place || frame.bins[Math.max(0, place - every)].from.slice(0, 4) !== from.slice(0, 4) ? from.slice(0, 4) : "";
    parts.push(svg("line", { x1: binX(frame, place), x2: binX(frame, place), y1: base, y2: height, class: "tick" }), svg("text", { x: binX(frame, place), y: base + 17, class: "tick-text" }, words));
    if (year && words !== year) parts.push(svg("text", { x: binX(frame, place), y: base + 32, class: "tick-text year" }, year));
  });
  return parts;
}

// Events that have a day of their own, between the bars and the speakers
function eventMarks(frame, binOf) {
  const [first, last] = [frame.bins[0].from, frame.bins.at(-1).to];
  const places = new Map();
  data.events.date.forEach((date, row) => {
    const [day, node] = [firstDay(date), data.events.node[row]];
    if (day && day >= first && day <= last && passing.nodes[node]) places.set(binOf(day), unique([...(places.get(binOf(day)) || []), node]));
  });
  if (!places.size) return [];
  const y = frame.top + frame.bars + 50;
  const kind = kindNamed("EVENT");
  const marks = [...places].sort((a, b) => a[0] - b[0]).map(([place, found]) => spot({ "data-node": found[0] }, `${binWords(frame, place)}: ${found.map(nameOf).join("; ")}`, goto({ node: found[0] }),
    svg("path", { d: shapePath(kind), transform: `translate(${binX(frame, place)} ${y}) scale(${round2(Math.min(6.5, frame.step * 0.42))})`, style: `fill:var(--kind-${kind})` })));
  return [svg("text", { x: frame.left - 14, y: y + 4, class: "lane-name quiet-text" }, "Events"), ...marks];
}

function timeLane(frame, { speaker, cells }, row) {
  const y = frame.first + (row + 0.5) * frame.row;
  const name = speaker < 0 ? "no known speaker" : nameOf(speaker);
  const label = svg("text", { x: frame.left - 14, y: y + 4.5, class: `lane-name ${speaker < 0 ? "quiet-text" : ""}` }, clipped(name, frame.left < 178 ? 15 : 21));
  const title = speaker < 0 ? label : spot({ "data-node": speaker }, name, goto({ node: speaker }), label);
  const dots = cells.flatMap((claims, place) => {
    if (!claims.length) return [];
    const { from, to } = frame.bins[place];
    const target = claims.length === 1 ? { node: claims[0] } : { period: { from, to, speaker } };
    const act = claims.length > 1 && speaker < 0 ? goto({ period: { from, to, speaker: -1 } }) : goto(target);
    const r = Math.min(frame.row / 2 - 2, 3.2 + 1.7 * Math.sqrt(claims.length));
    return [spot({ class: "spot dot", "data-node": claims.length === 1 ? claims[0] : undefined }, `${name}, ${binWords(frame, place)}: ${plural(claims.length, "claim")}`, act,
      svg("circle", { cx: binX(frame, place), cy: y, r, class: "dot-circle" }))];
  });
  return [svg("line", { x1: frame.left, x2: frame.width - 12, y1: y, y2: y, class: "lane" }), title, ...dots];
}
