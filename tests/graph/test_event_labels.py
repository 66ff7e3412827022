"""Events of one name get labels that tell them apart; others keep their names."""

from __future__ import annotations

from kg.graph.event_labels import event_labels
from kg.records import Document, Entity, Event, Evidence, Mention


def told(document: str, name: str, **details: str) -> tuple[Entity, list[Event]]:
    """An event that one article names, and what it says of it: ``place``, ``date`` or ``participant``."""
    trigger = mention(document, name)
    place = mention(document, details["place"], 40, "PLACE") if "place" in details else None
    people = (mention(document, details["participant"], 60, "PERSON"),) if "participant" in details else ()
    event = Event(trigger, people, place, None, Evidence(document, 0, len(name), name), 0.9, "past", details.get("date"))
    return Entity(f"{name}-{document}", "EVENT", name, (name,), (trigger,)), [event]


def mention(document: str, text: str, start: int = 0, label: str = "EVENT") -> Mention:
    return Mention(document, start, start + len(text), text, label, 0.9)


def labels(*pairs: tuple[Entity, list[Event]]) -> list[str | None]:
    articles = [
        Document("a", "", "Late trains", published="2031-03-09", publisher="Tagus Wire"),
        Document("b", "", "Cold water", published="2031-04"),
        Document("c", "", "Warm water"),
    ]
    entities = [entity for entity, _ in pairs]
    found = event_labels(entities, {entity.id: events for entity, events in pairs}, {one.id: one for one in articles})
    assert found == event_labels(
        entities[::-1], {entity.id: events for entity, events in pairs}, {one.id: one for one in articles}
    )
    return [found.get(entity.id) for entity in entities]


def test_a_name_of_its_own_is_left_alone() -> None:
    assert labels(told("a", "Night march", date="2031-03-08"), told("b", "dock strike")) == [None, None]


def test_the_place_the_day_or_who_took_part_tell_them_apart() -> None:
    assert labels(told("a", "summit", place="Faro"), told("b", "Summit", place="Elvas")) == ["summit (Faro)", "Summit (Elvas)"]
    days = [told("a", "drill", place="Faro", date="2031-03-08"), told("b", "drill", place="Faro", date="2031-04")]
    assert labels(*days) == ["drill (8 Mar)", "drill (Apr)"]
    years = [told("a", "vote", date="2031-03-08"), told("b", "vote", date="2027-03-08"), told("c", "vote", date="1998")]
    assert labels(*years) == ["vote (8 Mar 2031)", "vote (8 Mar 2027)", "vote (1998)"]
    assert labels(told("a", "visit", participant="Rui Falk"), told("b", "visit", participant="Ana Rosen")) == [
        "visit (Rui Falk)",
        "visit (Ana Rosen)",
    ]


def test_the_article_does_where_nothing_else_is_known() -> None:
    found = labels(told("a", "meeting"), told("b", "meeting"), told("c", "meeting"))
    assert found == ["meeting (Tagus Wire, 9 Mar)", "meeting (Cold water, Apr)", "meeting (Warm water)"]


def test_two_in_one_article_with_nothing_to_tell_them_apart_stay_alike() -> None:
    one, events = told("a", "meeting")
    other = Entity("meeting-2", "EVENT", "meeting", ("meeting",), (mention("a", "meeting", 90),))
    assert labels((one, events), (other, [])) == ["meeting (Tagus Wire, 9 Mar 2031)"] * 2
