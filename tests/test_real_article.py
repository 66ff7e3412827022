"""The news article that the project began with: what must be found in it, with no rule made for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract import extract
from kg.read import read
from kg.records import Claim, Extraction

# The source as written, the start of what it says, and who that is (None: nobody with a name).
ATTRIBUTIONS = (
    ("The Syrian government", "it has made significant progress", "Syrian government"),
    ("Some observers", "the two events are related", None),
    ("Oraib Al-Rantawi", "I think the negotiation has started", "Oraib Al-Rantawi"),
    ("Al-Rantawi", "the rebels can regroup", "Oraib Al-Rantawi"),
    ("he", "their position at the negotiating table", "Oraib Al-Rantawi"),
    ("Al-Rantawi", "The regime succeeded to send", "Oraib Al-Rantawi"),
    ("some in the opposition", "the idea of sitting down", None),
    ("some in the opposition", "President Assad step down", None),
    ("Few", "hopes", None),
    ("rebels", "motives of those organizing", None),
    ("United States", "Assad's ouster", "United States"),
    ("Salem al Falahat", "the world is not serious", "Salem al Falahat"),
    ("he", "nothing but a way", "Salem al Falahat"),
    ("Al-Rantawi", "stability rather than politics", "Oraib Al-Rantawi"),
    ("he", "Four million Syrians now have no place", "Oraib Al-Rantawi"),
)


@pytest.fixture(scope="module")
def article(shared: Path) -> Extraction:
    (document,) = read(shared / "seeds" / "voa-syrian-troops-show-strength.txt")
    (extraction,) = extract([document])
    return extraction


def claim(article: Extraction, words: str) -> Claim | None:
    return next((c for c in article.claims if any(words in piece.quote for piece in c.content)), None)


def speaker(article: Extraction, words: str) -> str | None:
    found = claim(article, words)
    assert found is not None, words
    return found.speaker.text if found.speaker else None


def names(article: Extraction, kind: str) -> list[set[str]]:
    return [{mention.text for mention in chain.mentions} for chain in article.chains if chain.kind == kind]


def affiliation(article: Extraction, person: str) -> tuple[str | None, str | None, str | None]:
    found = [a for a in article.affiliations if a.person.text == person]
    assert found, person
    best = max(found, key=lambda a: (a.organisation is not None, a.place is not None))
    return (
        best.role_name,
        best.organisation.text if best.organisation else None,
        best.place.text if best.place else None,
    )


def test_people_and_their_roles(article: Extraction) -> None:
    assert any({"Oraib Al-Rantawi", "Al-Rantawi"} <= chain for chain in names(article, "PERSON"))
    assert affiliation(article, "Oraib Al-Rantawi") == ("director", "Al Quds Center", "Amman")
    assert affiliation(article, "Salem al Falahat") == ("head", "Alumma Studies Center", "Amman")
    assert affiliation(article, "Bashar al-Assad")[0] == "president"


def test_places(article: Extraction) -> None:
    found = set().union(*names(article, "PLACE"))
    assert {"Qusair", "Amman", "United States"} <= found


def test_events(article: Extraction) -> None:
    events = names(article, "EVENT")
    for words in ("peace talks", "offensive", "war"):
        assert any(words in name.lower() for chain in events for name in chain), words


def test_attributions(article: Extraction) -> None:
    right = []
    for _, words, wanted in ATTRIBUTIONS:
        found = claim(article, words)
        if found is not None:
            got = found.speaker.text if found.speaker else None
            right.append(got == wanted or (wanted is not None and got is not None and got in wanted))
    assert sum(right) >= 12


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("their position at the negotiating table", "Oraib Al-Rantawi"),
        ("Four million Syrians now have no place", "Oraib Al-Rantawi"),
        ("nothing but a way", "Salem al Falahat"),
    ],
)
def test_he_is_the_right_man(article: Extraction, words: str, wanted: str) -> None:
    assert speaker(article, words) == wanted


def test_the_government_speaks(article: Extraction) -> None:
    found = claim(article, "it has made significant progress")
    assert found is not None
    assert found.source is not None
    assert found.source.quote.endswith("Syrian government")
    assert found.source_type == "named organisation"


def test_a_quotation_split_by_its_cue_is_one_claim(article: Extraction) -> None:
    found = claim(article, "nothing but a way")
    assert found is not None
    assert [piece.quote.split()[0] for piece in found.content] == ["The", "is"]


def test_some_observers_have_no_name(article: Extraction) -> None:
    found = claim(article, "the two events are related")
    assert found is not None
    assert (found.speaker, found.unresolved, found.source_type) == (None, "unnamed", "unnamed group")


def test_what_is_not_text_says_nothing(article: Extraction) -> None:
    text = article.document.text
    assert article.document.title == "Syrian Troops Show Strength Ahead of Peace Talks"
    for line in ("please wait", "No media source", "0:02:26", "Accessibility", "Ahead of Peace Talks"):
        assert line not in text
