"""A small graph made by hand: three invented articles with every kind of record, and names that try to break things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.graph import Edge, KnowledgeGraph, build_graph
from kg.records import (
    Affiliation,
    Chain,
    Claim,
    Document,
    Entity,
    Event,
    Evidence,
    Extraction,
    Location,
    Mention,
    check,
)

HOSTILE = 'Zed "O\'Z" <script>\\n</script>\nUng}{|^`'

TALKS = Document(
    "port-talks-0a1b2c3d4e5f",
    "“The port talks,” said Mirela Dantov, the director of the Lowen Institute in Karsk, “have begun.” "
    "Former minister Orsin Bale denied that the talks had begun. A senior official, who feared for his job, "
    "warned they could fail. “Nobody asked us.”",
    "Talks at the port",
    "https://news.example/talks?id=1&x=<2>",
    "2031-05-01",
    "Lowen Institute",
)
HARBOUR = Document(
    "harbour-f0e1d2c3b4a5",
    f"According to the Karsk Harbour Authority, “the port talks” must end. رنا سليم and {HOSTILE} met in Karsk. "
    "Rep. Ida Voss, D-Karsk, said she would go, speaking for the Lowen Institute. The talks resume on Monday. 🚢",
    None,
    "not an address",
    "2031-05-03",
    "Karsk Courier",
    "en",
)
PLAIN = Document(
    "plain-123456789abc", "Dantov predicted rain.\r\n\tKarsk\u2028slept.", "Rain", None, None, None, "xx-nonsense-"
)
DOCUMENTS = (TALKS, HARBOUR, PLAIN)


def at(document: Document, quote: str, nth: int = 0) -> Evidence:
    """The nth place where ``quote`` stands."""
    start = -1
    for _ in range(nth + 1):
        start = document.text.index(quote, start + 1)
    return Evidence(document.id, start, start + len(quote), quote, 0.9)


def named(document: Document, text: str, label: str, nth: int = 0) -> Mention:
    span = at(document, text, nth)
    return Mention(span.document, span.start, span.end, text, label, 0.987)


DANTOV = named(TALKS, "Mirela Dantov", "PERSON")
BALE = named(TALKS, "Orsin Bale", "PERSON")
INSTITUTE = named(TALKS, "Lowen Institute", "ORG")
KARSK = named(TALKS, "Karsk", "PLACE")
PORT_TALKS = named(TALKS, "port talks", "EVENT")
THE_TALKS = named(TALKS, "the talks", "EVENT")
AUTHORITY = named(HARBOUR, "Karsk Harbour Authority", "ORG")
PORT_TALKS_2 = named(HARBOUR, "port talks", "EVENT")
THE_TALKS_2 = named(HARBOUR, "The talks", "EVENT")
RANA = named(HARBOUR, "رنا سليم", "PERSON")
ZED = named(HARBOUR, HOSTILE, "PERSON")
KARSK_2 = named(HARBOUR, "Karsk", "PLACE", 1)
VOSS = named(HARBOUR, "Ida Voss", "PERSON")
INSTITUTE_2 = named(HARBOUR, "Lowen Institute", "ORG")
DANTOV_3 = named(PLAIN, "Dantov", "PERSON")

DIRECTOR = Affiliation(
    DANTOV, at(TALKS, "director"), "director", INSTITUTE, KARSK, None, "current",
    at(TALKS, "the director of the Lowen Institute in Karsk"), 0.97,
)  # fmt: skip
MINISTER = Affiliation(
    BALE, at(TALKS, "minister"), "minister", None, None, None, "former", at(TALKS, "Former minister Orsin Bale"), 0.8
)
FORMER = Affiliation(BALE, None, None, INSTITUTE, None, None, "former", at(TALKS, "Orsin Bale"), 0.1)
VOSS_SEAT = Affiliation(
    VOSS, at(HARBOUR, "Rep."), "representative", None, KARSK_2, "Democratic", "current",
    at(HARBOUR, "Rep. Ida Voss, D-Karsk"), 0.7,
)  # fmt: skip
NEGOTIATION = Event(PORT_TALKS, (DANTOV, INSTITUTE), KARSK, None, at(TALKS, "The port talks"), 0.75)
RESUMPTION = Event(THE_TALKS_2, (), None, at(HARBOUR, "on Monday"), at(HARBOUR, "The talks resume on Monday"), 0.6)


def said(id: str, content: Sequence[Evidence], source: Evidence | None, speaker: Mention | None, **more: object) -> Claim:
    """A claim; what is not given is the ordinary case."""
    values: dict[str, object] = {
        "kind": "direct",
        "cue": None,
        "cue_lemma": None,
        "form": "name" if speaker else "none",
        "co_speakers": (),
        "unresolved": None if speaker else "unnamed",
        "source_type": "named person" if speaker else "none",
        "justification": None,
        "affiliation": None,
        "on_behalf_of": None,
        "about": (),
        "polarity": "affirmed",
        "modality": "asserted",
        "score": 0.91,
        "speaker_score": 0.8,
        "trace": ("by hand",),
    }
    return Claim(id=id, content=tuple(content), source=source, speaker=speaker, **(values | more))  # type: ignore[arg-type]


SPLIT = said(
    "c000000000001", (at(TALKS, "“The port talks,”"), at(TALKS, "“have begun.”")), DANTOV.evidence, DANTOV,
    cue=at(TALKS, "said"), cue_lemma="say", affiliation=DIRECTOR, about=(PORT_TALKS,),
)  # fmt: skip
DENIED = said(
    "c000000000002", (at(TALKS, "the talks had begun"),), BALE.evidence, BALE, kind="indirect", cue=at(TALKS, "denied"),
    cue_lemma="deny", affiliation=MINISTER, about=(THE_TALKS,), polarity="denied", score=0.5,
)  # fmt: skip
OFFICIAL = said(
    "c000000000003", (at(TALKS, "they could fail"),), at(TALKS, "A senior official"), None, kind="indirect",
    cue=at(TALKS, "warned"), cue_lemma="warn", source_type="unnamed person", modality="possible",
    justification=at(TALKS, "who feared for his job"),
)  # fmt: skip
ORPHAN = said("c000000000004", (at(TALKS, "“Nobody asked us.”"),), None, None, unresolved="no cue")
MIXED = said(
    "c000000000005", (at(HARBOUR, "“the port talks” must end"),), AUTHORITY.evidence, AUTHORITY, kind="mixed",
    cue=at(HARBOUR, "According to"), cue_lemma="according to", source_type="named organisation",
    about=(PORT_TALKS_2,), modality="demanded",
)  # fmt: skip
PRONOUN = said(
    "c000000000006", (at(HARBOUR, "she would go"),), VOSS.evidence, VOSS, kind="indirect", cue=at(HARBOUR, "said"),
    co_speakers=(ZED,), affiliation=VOSS_SEAT, on_behalf_of=INSTITUTE_2, modality="predicted",
)  # fmt: skip
RAIN = said(
    "c000000000007", (at(PLAIN, "rain"),), DANTOV_3.evidence, DANTOV_3, kind="indirect", cue=at(PLAIN, "predicted")
)  # fmt: skip


def extractions() -> list[Extraction]:
    """What the three articles say."""
    found = [
        Extraction(
            TALKS,
            (DANTOV, BALE, INSTITUTE, KARSK, PORT_TALKS, THE_TALKS),
            (Chain("PERSON", (DANTOV,)), Chain("EVENT", (PORT_TALKS, THE_TALKS))),
            (DIRECTOR, MINISTER, FORMER),
            (NEGOTIATION,),
            (SPLIT, DENIED, OFFICIAL, ORPHAN),
        ),
        Extraction(
            HARBOUR,
            (AUTHORITY, PORT_TALKS_2, RANA, ZED, KARSK_2, VOSS, INSTITUTE_2, THE_TALKS_2),
            (),
            (VOSS_SEAT,),
            (RESUMPTION,),
            (MIXED, PRONOUN),
        ),
        Extraction(PLAIN, (DANTOV_3,), (), (), (), (RAIN,)),
    ]
    for extraction in found:
        check(extraction)
    return found


def entities() -> list[Entity]:
    """Who and what they speak of."""
    return [
        Entity("mirela-dantov-111111111111", "PERSON", "Mirela Dantov", ("Dantov",), (DANTOV, DANTOV_3)),
        Entity("orsin-bale-222222222222", "PERSON", "Orsin Bale", (), (BALE,)),
        Entity(
            "x-333333333333", "PERSON", "رنا سليم", ("Rana\x00 Salim",), (RANA,), ("https://id.example/رنا", "javascript:1")
        ),
        Entity(f"9 {HOSTILE}", "PERSON", HOSTILE, (HOSTILE.lower(), "\ud800"), (ZED,)),
        Entity("ida-voss-444444444444", "PERSON", "Ida Voss", (), (VOSS,)),
        Entity("lowen-institute-555555555555", "ORG", "Lowen Institute", (), (INSTITUTE, INSTITUTE_2)),
        Entity("karsk-harbour-authority-666666666666", "ORG", "Karsk Harbour Authority", (), (AUTHORITY,)),
        Entity("karsk-777777777777", "PLACE", "Karsk", (), (KARSK, KARSK_2), ("urn:geo:1",)),
        Entity(
            "port-talks-888888888888", "EVENT", "port talks", ("the talks",), (PORT_TALKS, THE_TALKS, PORT_TALKS_2, THE_TALKS_2)
        ),
    ]


def graph(*, backwards: bool = False) -> KnowledgeGraph:
    """The graph; the same one when everything is handed over in the opposite order."""
    step = -1 if backwards else 1
    return build_graph(extractions()[::step], entities()[::step])


# ------------------------------------------------------------------ the same and more: dates, places on the map, relations
CHIEF = Document(
    "harbour-chief-9f8e7d6c5b4a",
    "Ida Voss said on Friday that Orsin Bale, head of the Karsk Harbour Authority, had blocked the port talks in Ostmark. "
    "“The port talks have begun,” she added. Bale ran the Lowen Institute from 2024 to March 2030. Karsk lies in Ostmark. "
    "A strike is planned for 6 May.",
    "Who blocked the talks",
    "https://courier.example/chief",
    "2031-05-04",
    "Karsk Courier",
)
VOSS_4 = named(CHIEF, "Ida Voss", "PERSON")
BALE_4 = named(CHIEF, "Orsin Bale", "PERSON")
BALE_5 = named(CHIEF, "Bale", "PERSON", 1)
AUTHORITY_4 = named(CHIEF, "Karsk Harbour Authority", "ORG")
TALKS_4 = named(CHIEF, "port talks", "EVENT")
INSTITUTE_4 = named(CHIEF, "Lowen Institute", "ORG")
KARSK_4 = named(CHIEF, "Karsk", "PLACE", 1)
OSTMARK_4 = named(CHIEF, "Ostmark", "PLACE")
STRIKE = named(CHIEF, "strike", "EVENT")
SAID_HEAD = Affiliation(
    BALE_4, at(CHIEF, "head"), "head", AUTHORITY_4, None, None, "current",
    at(CHIEF, "Orsin Bale, head of the Karsk Harbour Authority"), 0.9,
)  # fmt: skip
RAN = Affiliation(
    BALE_5, None, None, INSTITUTE_4, None, None, "former", at(CHIEF, "Bale ran the Lowen Institute from 2024 to March 2030"),
    0.8, "2024", "2030-03",
)  # fmt: skip
SAID_TALKS = Event(
    TALKS_4, (BALE_4,), OSTMARK_4, None, at(CHIEF, "Orsin Bale, head of the Karsk Harbour Authority, had blocked"),
    0.7, "ongoing", "2031-05-03",
)  # fmt: skip
WALKOUT = Event(STRIKE, (), None, at(CHIEF, "6 May"), at(CHIEF, "A strike is planned for 6 May."), 0.9, "planned", "2031-05-06")
BLOCKED = said(
    "c000000000008", (at(CHIEF, "Orsin Bale, head of the Karsk Harbour Authority, had blocked the port talks in Ostmark"),),
    VOSS_4.evidence, VOSS_4, kind="indirect", cue=at(CHIEF, "said"), about=(TALKS_4,), time=at(CHIEF, "on Friday"),
    said_on="2031-05-02",
)  # fmt: skip
BEGUN = said(
    "c000000000009", (at(CHIEF, "“The port talks have begun,”"),), at(CHIEF, "she"), VOSS_4, cue=at(CHIEF, "added"),
    about=(named(CHIEF, "port talks", "EVENT", 1),),
)  # fmt: skip
RELATIONS = (
    Edge(BEGUN.id, SPLIT.id, "repeats", BEGUN.content, 0.8),
    Edge(BEGUN.id, DENIED.id, "contradicts", BEGUN.content, 0.7),
    Edge(PLAIN.id, HARBOUR.id, "copy of", (), 0.9),
    Edge("karsk-777777777777", "ostmark-999999999999", "within", (), 1.0),
)


def whole() -> KnowledgeGraph:
    """The three articles and a fourth, with every field and relation that the records know."""
    mentions = (VOSS_4, BALE_4, BALE_5, AUTHORITY_4, TALKS_4, INSTITUTE_4, KARSK_4, OSTMARK_4, STRIKE, *BEGUN.about)
    fourth = Extraction(CHIEF, mentions, (), (SAID_HEAD, RAN), (SAID_TALKS, WALKOUT), (BLOCKED, BEGUN))
    check(fourth)
    more = {
        "Ida Voss": (VOSS_4,), "Orsin Bale": (BALE_4, BALE_5), "Karsk Harbour Authority": (AUTHORITY_4,),
        "Lowen Institute": (INSTITUTE_4,), "Karsk": (KARSK_4,), "port talks": (TALKS_4, *BEGUN.about),
    }  # fmt: skip
    found = [replace(item, mentions=item.mentions + more.get(item.name, ())) for item in entities()]
    found = [replace(item, location=Location(63.1, -7.25, "Ostmark")) if item.name == "Karsk" else item for item in found]
    found += [
        Entity("ostmark-999999999999", "PLACE", "Ostmark", (), (OSTMARK_4,), (), Location(62.5, -7.0)),
        Entity("strike-aaaaaaaaaaaa", "EVENT", "strike", (), (STRIKE,)),
    ]
    built = build_graph([*extractions(), fourth], found)
    return KnowledgeGraph(built.nodes(), [*built.edges(), *RELATIONS])
