"""Graphs of invented news for the viewer's tests: texts are written piece by piece, so that every offset is known."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.graph import Edge, KnowledgeGraph, build_graph
from kg.records import Affiliation, Claim, Document, Entity, Event, Evidence, Extraction, Location, Mention

FIRST = [
    "Clara", "Tomás", "Inês", "Rui", "Beatriz", "Duarte", "Helena", "Nuno", "Marta", "Otto", "Sofia", "Pavel",
    "Leonor", "Yusuf", "Greta", "Emil", "Ana", "Viktor", "Lídia", "Hugo",
]  # fmt: skip
LAST = [
    "Vasconcelos", "Brandão", "Sequeira", "Halloran", "Nakamura", "Okafor", "Lindqvist", "Moreira", "Petrov",
    "Castellan", "Abreu", "Dufour", "Winther", "Salgado", "Ibarra", "Kowal", "Teixeira", "Mbeki", "Rosen", "Falk",
]  # fmt: skip
ORGS = [
    "Ministry of Water", "Guadiana Power", "Tagus Rail", "Council of Évora", "Lume Research", "Iberia Bank",
    "Union of Dockers", "Green Delta", "Port Authority", "Court of Auditors", "Northern Grid", "Alentejo Farmers",
    "Institute of Hydrology", "Solaris Fund", "Civic List", "Atlantic Cables", "Medical Board", "Harbour Police",
    "University of Beja", "Meteora", "Stonebridge Capital", "Open Ledger", "Coast Watch", "Labour Court",
    "Regional Assembly", "Orca Shipping", "National Archive", "Fire Service", "Teachers' Union", "Data Commission",
]  # fmt: skip
PLACES = ["Évora", "Beja", "Lisbon", "Faro", "Setúbal", "Porto Novo", "Mértola", "Alqueva", "Sines", "Tavira", "Elvas", "Serpa"]
LOCATIONS = {  # all but Porto Novo
    "Évora": (38.571, -7.907), "Beja": (38.015, -7.863), "Lisbon": (38.717, -9.139), "Faro": (37.019, -7.930),
    "Setúbal": (38.524, -8.893), "Mértola": (37.638, -7.664), "Alqueva": (38.213, -7.457), "Sines": (37.956, -8.870),
    "Tavira": (37.127, -7.649), "Elvas": (38.881, -7.163), "Serpa": (37.944, -7.598),
}  # fmt: skip
EVENTS = [
    "Filling of the Alqueva reservoir", "March dock strike", "Bond sale", "Hearing on the crack memo",
    "Évora by-election", "Night rail closure", "Cable cut", "Water summit", "Audit of the port", "Storm Irene",
    "Teachers' walkout", "Data leak at Meteora",
]  # fmt: skip
ROLES = ["minister", "director", "spokeswoman", "chief engineer", "mayor", "chair", "lawyer", "analyst", "deputy", "adviser"]
OUTLETS = ["Tagus Wire", "Lisbon Register", "Guadiana Echo", "Iberia Ledger", "Lume 24"]
ANGLES = ["what we know", "a week of doubt", "the sums do not add up", "both sides dig in", "who knew"]
CUES = [("said", "say"), ("warned", "warn"), ("argued", "argue"), ("insisted", "insist"), ("told reporters", "tell")]
SAYINGS = [
    "{topic} will cost more than anybody has admitted, and the bill will come before the summer",
    "nobody asked the people of {place} about {topic}",
    "we have read every page on {topic} and found no fault",
    "the numbers on {topic} are wrong, and those who signed them know it",
    "{topic} must be put off until the inspectors have done their work",
    "there is no link between {topic} and the delay 🌊",
    "we welcome {topic}, which gives {place} ten years of calm",
    "whoever planned {topic} never stood on the quay at {place}",
]
FILLER = [
    "The afternoon was dry and the square stayed half empty until six.",
    "Officials had put out chairs for two hundred; fewer than fifty were taken.",
    "A second paper, seen by this newspaper, sets out the sums in more detail.",
    "Rain is forecast for the weekend.",
    "The file runs to four hundred pages and was opened to the public on Tuesday.",
]


@dataclass
class Writer:
    """One article in the making; every piece knows where it stands."""

    id: str
    text: str = ""
    mentions: list[Mention] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def put(self, words: str) -> Evidence:
        start = len(self.text)
        self.text += words
        return Evidence(self.id, start, len(self.text), words, 0.93)

    def name(self, name: str, label: str) -> Mention:
        span = self.put(name)
        self.mentions.append(Mention(self.id, span.start, span.end, name, label, 0.97))
        return self.mentions[-1]

    def since(self, start: int) -> Evidence:
        return Evidence(self.id, start, len(self.text), self.text[start:], 0.91)


@dataclass(frozen=True)
class World:
    """The names that articles draw on."""

    people: tuple[str, ...]
    orgs: tuple[str, ...]
    places: tuple[str, ...]
    events: tuple[str, ...]

    def kind(self, name: str) -> str:
        groups = {"PERSON": self.people, "ORG": self.orgs, "PLACE": self.places, "EVENT": self.events}
        return next(kind for kind, names in groups.items() if name in names)


def default_world(people: int = 90) -> World:
    names = [f"{first} {last}" for last in LAST for first in FIRST]
    random.Random(3).shuffle(names)
    return World(tuple(names[:people]), tuple(ORGS), tuple(PLACES), tuple(EVENTS))


def invented_graph(articles: int = 50, claims: int = 6, world: World | None = None, seed: int = 1) -> KnowledgeGraph:
    """A graph of ``articles`` articles with ``claims`` claims each."""
    world = world or default_world()
    chance = random.Random(seed)
    found = [_article(number, claims, world, chance) for number in range(articles)]
    return _compared(build_graph(found, _entities(found, world)))


def _compared(graph: KnowledgeGraph) -> KnowledgeGraph:
    """With edges between claims and articles: for each event, who denies what others affirm, who says it again, who copies."""
    extra = []
    for event in graph.nodes("EVENT"):
        claims = [graph.node(edge.source).record for edge in graph.edges_to(event.id, "about")]
        records = [claim for claim in claims if isinstance(claim, Claim) and claim.speaker]
        denied = [claim for claim in records if claim.polarity == "denied"]
        affirmed = [claim for claim in records if claim.polarity == "affirmed"]
        extra += [_between(one, other, "contradicts", 0.81) for one, other in zip(denied[:2], affirmed[:2], strict=False)]
        extra += [_between(one, other, "repeats", 0.9) for one, other in itertools.pairwise(affirmed[:2])]
    first, second = itertools.islice(itertools.cycle(graph.nodes("DOCUMENT")), 2)
    extra.append(Edge(second.id, first.id, "copy of", (Evidence(second.id, 0, 1, second.record.text[0]),), 0.97))  # type: ignore[union-attr]
    return KnowledgeGraph(graph.nodes(), [*graph.edges(), *extra])


def _between(one: Claim, other: Claim, relation: str, score: float) -> Edge:
    return Edge(one.id, other.id, relation, (*one.content, *other.content), score)


def hostile_graph(names: Sequence[str]) -> KnowledgeGraph:
    """A graph whose every name, title, quotation and address is one of ``names``."""
    found = []
    for number, name in enumerate(names):
        writer = Writer(f"doc-{name}")
        _claim(writer, name, names[number - 1], "said", "say", f"{name} {number}", number)
        document = Document(writer.id, writer.text, name, name, name, name)
        found.append(_extraction(writer, document))
    world = World(tuple(names), (), (), ())
    entities = _entities(found, world)
    return build_graph(
        found, [Entity(one.name, one.kind, one.name, (*names[:5],), one.mentions, (one.name,)) for one in entities]
    )


def _article(number: int, claims: int, world: World, chance: random.Random) -> Extraction:
    writer = Writer(f"doc-{number:03d}")
    topic, place = chance.choice(world.events), chance.choice(world.places)
    cluster = (world.events.index(topic) * 7) % len(world.people)
    cast = [
        world.people[min(len(world.people) - 1, (cluster + int(chance.expovariate(0.12))) % len(world.people))]
        for _ in range(3)
    ]
    orgs = [world.orgs[(world.people.index(person) * 3 + world.people.index(person) // 5) % len(world.orgs)] for person in cast]
    writer.put("🗞 ")
    start = len(writer.text)
    trigger = writer.name(topic, "EVENT")
    writer.put(" in ")
    where = writer.name(place, "PLACE")
    writer.put(" drew ")
    taking = writer.name(orgs[0], "ORG")
    writer.put(" back into the dispute on Monday. ")
    date = f"2031-03-{1 + number % 28:02d}"
    writer.events.append(Event(trigger, (taking,), where, None, writer.since(start), 0.82, "past", date))
    writer.put(chance.choice(FILLER) + "\n\n")
    for count in range(claims):
        person, org = cast[count % 3], orgs[count % 3]
        if count < 3:
            _introduce(writer, person, chance.choice(ROLES) if count else "minister", org, place, count)
        if chance.random() < 0.3:
            writer.put(chance.choice(FILLER) + "\n\n")
        about = chance.choice([topic, topic, chance.choice(orgs), chance.choice(cast)])
        saying = chance.choice(SAYINGS).format(topic="{topic}", place=place)
        _claim(writer, person, about, *chance.choice(CUES), saying, count, world)
    title = f"{topic}: {chance.choice(ANGLES)}"
    day, outlet = 1 + number % 28, OUTLETS[number % len(OUTLETS)]
    document = Document(writer.id, writer.text, title, f"https://news.example/{number}", f"2031-03-{day:02d}", outlet)
    return _extraction(writer, document)


def _introduce(writer: Writer, person: str, role: str, org: str, place: str, count: int) -> None:
    start = len(writer.text)
    who = writer.name(person, "PERSON")
    writer.put(", ")
    words = writer.put(("former " if count == 2 else "") + role)
    writer.put(" at ")
    house = writer.name(org, "ORG")
    evidence = writer.since(start)
    status = "former" if count == 2 else "current"
    since, until = ("2027-05", "2029") if count == 2 else ("2030-01-15", None) if count == 0 else (None, None)
    known = (status, evidence, 0.88, since, until)
    writer.affiliations.append(Affiliation(who, words, role, house, None, None, *known))  # type: ignore[arg-type]
    writer.put(f", spoke in {place}.\n\n")


def _claim(
    writer: Writer, person: str, about: str, cue: str, lemma: str, saying: str, count: int, world: World | None = None
) -> None:
    before, found, after = saying.partition("{topic}")
    direct = count % 3 != 2
    start = len(writer.text)
    writer.put("“" if direct else "That ")
    writer.put(before)
    topic = writer.name(about, world.kind(about) if world else "PERSON") if found or not world else None
    writer.put(after + (",”" if direct else ","))
    content = writer.since(start)
    writer.put(" ")
    if count % 11 == 10:
        source, speaker = writer.put("an official who asked not to be named"), None
    else:
        speaker = writer.name(person, "PERSON")
        source = speaker.evidence
    writer.put(" ")
    said = writer.put(cue)
    writer.put(".\n\n")
    role = next((item for item in reversed(writer.affiliations) if item.person.text == person), None)
    reason = () if speaker else ("no name within the article",)
    trace = ("subject of the cue", "exact name of a person introduced above", *reason)
    claim = Claim(
        id=f"claim-{writer.id}-{len(writer.claims):02d}",
        kind="direct" if direct else "indirect",
        content=(content,),
        cue=said,
        cue_lemma=lemma,
        source=source,
        form="name" if speaker else "nominal",
        speaker=speaker,
        co_speakers=(),
        unresolved=None if speaker else "unnamed",
        source_type="named person" if speaker else "unnamed person",
        justification=None,
        affiliation=role if speaker else None,
        on_behalf_of=None,
        about=(topic,) if topic else (),
        polarity="denied" if "no " in saying else "affirmed",
        modality="predicted" if "will" in saying else "asserted",
        score=0.9 - count % 4 * 0.07,
        speaker_score=0.95 - count % 5 * 0.08,
        trace=trace,
    )
    writer.claims.append(claim)


def _extraction(writer: Writer, document: Document) -> Extraction:
    parts = (tuple(writer.mentions), (), tuple(writer.affiliations), tuple(writer.events), tuple(writer.claims))
    return Extraction(document, *parts)


def _entities(found: Sequence[Extraction], world: World) -> list[Entity]:
    mentions: dict[str, list[Mention]] = {}
    for extraction in found:
        for mention in extraction.mentions:
            mentions.setdefault(mention.text, []).append(mention)
    found_kinds = {name: world.kind(name) for name in sorted(mentions)}
    ids = {name: f"{kind.lower()}-{name.lower().replace(' ', '-')}" for name, kind in found_kinds.items()}
    parts = [
        (ids[name], kind, name, _aliases(name), tuple(mentions[name]), (), _location(name))
        for name, kind in found_kinds.items()
    ]
    return [Entity(*part) for part in parts]  # type: ignore[arg-type]


def _location(name: str) -> Location | None:
    return Location(*LOCATIONS[name], "Portugal") if name in LOCATIONS else None


def _aliases(name: str) -> tuple[str, ...]:
    return (name, name.split()[-1]) if " " in name else (name,)
