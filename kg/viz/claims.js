// The evidence panel on claims: what was said, by whom, where it stands in its article, and why this speaker.

const FORM = { name: "by name", surname: "by surname", pronoun: "by a pronoun", nominal: "by a description", none: "not at all" };

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
  const words = [claim.kind, claim.lemma && `“${claim.lemma}”`, item.publisher, dateText(claimDay(node), "short")].filter(Boolean).join(" · ");
  const denied = claim.polarity === "denied" ? badge("denied", "warn") : "";
  return el("button", { type: "button", class: "card", onclick: goto({ node }) },
    speaker, el("span", { class: `said ${claim.kind}` }, clipped(claimQuote(claim), 220)), el("span", { class: "small" }, words, " ", denied));
}

function claimPanel(node) {
  const claim = claimOf(node);
  const text = claimQuote(claim);
  const where = claimDocument(claim);
  const marks = [...claim.content.map((span) => markOf(span, "content")),
    ...[[claim.cue, "cue"], [claim.source, "source"], [claim.justification, "why"], [claim.time, "time"]].filter(([span]) => span >= 0).map(([span, kind]) => markOf(span, kind))];
  return [
    el("h2", { class: `quotation ${text.length > 160 ? "long" : ""} ${claim.kind}` }, text),
    attributionLine(node, claim),
    el("p", { class: "badges" }, badge(claim.kind), badge(claim.polarity, claim.polarity === "denied" ? "warn" : ""), badge(claim.modality),
      score(claim.score, "confidence")),
    saidOn(claim) ? el("p", { class: "small" }, saidOn(claim)) : null,
    el("section", { class: "source" }, el("h3", {}, "Where it is written"), headline(where), ...[excerpt(where, marks)].flat(), markKey(marks)),
    ...againstAndAlike(node),
    chips("About", targets(node, "about")),
    chips("On behalf of", targets(node, "on behalf of")),
    whySpeaker(node, claim),
    section("Others about the same", othersAbout(node), (other) => claimCard(other, true)),
  ];
}

// When it was said, where the text tells a day of its own
function saidOn(claim) {
  if (!claim.said_on && claim.time < 0) return "";
  const words = claim.time >= 0 ? `“${quote(claim.time)}”` : "";
  return `Said ${[words, claim.said_on && dateText(claim.said_on)].filter(Boolean).join(", ")}`;
}

function againstAndAlike(node) {
  const beside = (relation) => unique([...targets(node, relation), ...sources(node, relation)]);
  return [
    section("Contradicted by", beside("contradicts"), (other) => claimCard(other, true)),
    section("Says the same", beside("repeats"), (other) => claimCard(other, true)),
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
  const words = { content: "what was said", cue: "cue", source: "source", why: "why unnamed", time: "when" };
  return el("p", { class: "key", "aria-label": "Marks" }, unique(marks.map((mark) => mark.kind)).map((kind) => el("mark", { class: kind }, words[kind])));
}

function whySpeaker(node, claim) {
  const facts = [`The text names the source ${FORM[claim.form]}`, claim.source_type !== "none" && `read as: ${claim.source_type}`];
  const steps = claim.trace.map((step) => el("li", {}, step));
  const reason = claim.unresolved ? el("p", { class: "notice" }, `No speaker is given: ${claim.unresolved}`) : "";
  return el("section", { class: "why" }, el("h3", {}, speakersOf(node).length ? "Why this speaker" : "Why no speaker"), reason,
    el("p", { class: "small" }, `${facts.filter(Boolean).join("; ")}.`), steps.length ? el("ol", { class: "trace" }, steps) : "",
    score(claim.speaker_score, "confidence in the speaker"));
}
