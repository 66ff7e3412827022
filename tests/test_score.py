"""The scorer: what each kind of error costs, that scores add up, and that an independent scorer finds the same."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import Affiliation, Chain, Claim, Document, Evidence, Extraction, Mention, check
from kg.score import MEASURES, PRF, Gold, Ratio, Reliability, Scores, floors, neutral, read_gold, score, table
from kg.score.names import Identity, is_party, normal, normal_role, roles_agree, speaker_form

SHARED = Path(__file__).resolve().parents[2] / "shared"

TEXT = (
    "Dr. Mirela Dantov, director of the Lowen Institute, said in Karsk that “the port talks have begun.” "
    "“Nobody will stop them,” she added. The minister, Orsin Bale, a Democrat, denied that a deal was near. "
    "The director warned of delays. Officials said that they could fail. Bale and Dantov left the Lowen Institute."
)


# ------------------------------------------------------------------ gold by hand, and the prediction that is all right
def at(quote: str, nth: int = 0, text: str = TEXT) -> list[int]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return [start, start + len(quote)]


def article(id: str = "a") -> dict[str, Any]:
    """One annotated article with every kind of claim and of speaker."""

    def entity(id: str, kind: str, name: str, *spans: list[int], aliases: Iterable[str] = ()) -> dict[str, Any]:
        return {"id": id, "type": kind, "name": name, "aliases": list(aliases), "mentions": list(spans)}

    def claim(kind: str, speaker: str | None, source: list[int], cue: list[int], content: list[int]) -> dict[str, Any]:
        return {"kind": kind, "speaker": speaker, "speaker_span": source, "cue": cue, "content": [content], "about": []}

    def affiliation(person: str, role: str, organisation: str | None, evidence: list[int]) -> dict[str, Any]:
        return {"person": person, "role": role, "organisation": organisation, "place": None, "evidence": evidence}

    return {
        "id": id,
        "text": TEXT,
        "entities": [
            entity("E1", "PERSON", "Mirela Dantov", at("Mirela Dantov"), at("Dantov", 1), aliases=["Dantov"]),
            entity("E2", "PERSON", "Orsin Bale", at("Orsin Bale"), at("Bale", 1), aliases=["Bale"]),
            entity("E3", "ORG", "Lowen Institute", at("Lowen Institute"), at("Lowen Institute", 1)),
            entity("E4", "PLACE", "Karsk", at("Karsk")),
            entity("E5", "EVENT", "port talks", at("port talks")),
        ],
        "affiliations": [
            affiliation("E1", "director", "E3", at("director of the Lowen Institute")),
            affiliation("E2", "minister", None, at("The minister")),
        ],
        "claims": [
            claim("mixed", "E1", at("Mirela Dantov"), at("said"), at("that “the port talks have begun.”")),
            claim("direct", "E1", at("she"), at("added"), at("“Nobody will stop them,”")),
            claim("indirect", "E2", at("The minister, Orsin Bale"), at("denied"), at("a deal was near")),
            claim("indirect", "E1", at("The director"), at("warned"), at("delays")),
            claim("indirect", None, at("Officials"), at("said", 1), at("they could fail")),
        ],
    }


def perfect(data: dict[str, Any]) -> Extraction:
    """What an annotated article says, as our records."""
    id, text = data["id"], data["text"]

    def evidence(span: list[int]) -> Evidence:
        return Evidence(id, span[0], span[1], text[span[0] : span[1]])

    chains: dict[str, Chain] = {}
    for entity in data["entities"]:
        mentions = [Mention(id, start, end, text[start:end], entity["type"]) for start, end in entity["mentions"]]
        best = sorted(mentions, key=lambda m: (normal(m.text) != normal(entity["name"]), m.start))
        chains[entity["id"]] = Chain(entity["type"], tuple(best))
    affiliations = [
        Affiliation(
            person=chains[a["person"]].name,
            role=replace(evidence(a["evidence"]), quote=a["role"]) if a["role"] else None,
            role_name=a["role"],
            organisation=chains[a["organisation"]].name if a["organisation"] else None,
            place=chains[a["place"]].name if a["place"] else None,
            party=a.get("party"),
            status="current",
            evidence=evidence(a["evidence"]),
            score=1.0,
        )
        for a in data["affiliations"]
        if a["person"]
    ]
    claims = [
        made(
            f"c{number}",
            c["kind"],
            tuple(evidence(span) for span in c["content"]),
            evidence(c["cue"]) if c["cue"] else None,
            evidence(c["speaker_span"]) if c["speaker_span"] else None,
            chains[c["speaker"]].name if c["speaker"] else None,
        )
        for number, c in enumerate(data["claims"])
    ]
    mentions = sorted(mention for chain in chains.values() for mention in chain.mentions)
    return Extraction(Document(id, text), tuple(mentions), tuple(chains.values()), tuple(affiliations), (), tuple(claims))


def made(
    id: str, kind: Any, content: tuple[Evidence, ...], cue: Evidence | None, source: Evidence | None, speaker: Mention | None
) -> Claim:
    return Claim(
        id=id, kind=kind, content=content, cue=cue, cue_lemma=None, source=source, form="none", speaker=speaker, co_speakers=(),
        unresolved=None, source_type="none", justification=None, affiliation=None, on_behalf_of=None, about=(),
        polarity="affirmed", modality="asserted", score=1.0, speaker_score=1.0, trace=(),
    )  # fmt: skip


GOLD = Gold.from_json(article())
RIGHT = perfect(article())


def figures(extraction: Extraction | None) -> dict[str, float]:
    return score([GOLD], {} if extraction is None else {"a": extraction}).figures()


def worse(extraction: Extraction) -> set[str]:
    """The measures that fall (or calibration errors that rise) against a perfect prediction, by F1 or share."""
    best, now = score([GOLD], {"a": RIGHT}), score([GOLD], {"a": extraction})
    return {name for name in MEASURES if abs(best[name].main - now[name].main) > 1e-9}


def change(number: int, **values: Any) -> Extraction:
    """RIGHT with another claim in the place of one."""
    claims = list(RIGHT.claims)
    claims[number] = replace(claims[number], **values)
    return replace(RIGHT, claims=tuple(claims))


def piece(quote: str, nth: int = 0) -> Evidence:
    start, end = at(quote, nth)
    return Evidence("a", start, end, quote)


# ------------------------------------------------------------------ one article
def test_a_perfect_prediction_scores_1_everywhere() -> None:
    check(replace(RIGHT, affiliations=()))
    for name, value in figures(RIGHT).items():
        unasked = name == "claims.speaker.unstated"
        assert value == pytest.approx(0.0 if name.endswith(".ece") or unasked else 1.0), name


def test_a_missing_article_counts_as_missed() -> None:
    whole = score([GOLD, Gold.from_json(article("b"))], {"a": RIGHT})
    assert whole.missing == ("b",)
    for name in (
        "names.exact",
        "events.overlap",
        "claims.content.iou50",
        "claims.strict",
        "claims.cue",
        "affiliations.person+org",
    ):
        tally = whole[name]
        assert isinstance(tally, PRF)
        assert (tally.precision, tally.recall) == (1.0, 0.5), name
    assert whole["claims.recall.direct"] == Ratio(1, 2)
    assert set(figures(None).values()) == {0.0}


def test_mentions() -> None:
    karsk = next(m for m in RIGHT.mentions if m.text == "Karsk")
    others = tuple(m for m in RIGHT.mentions if m != karsk)
    named = {"names.exact", "names.overlap", "names.place.exact", "names.place.overlap"}
    assert worse(replace(RIGHT, mentions=others)) == named
    longer = replace(karsk, start=karsk.start - 3, text="in Karsk")
    assert worse(replace(RIGHT, mentions=(*others, longer))) == {"names.exact", "names.place.exact"}
    relabelled = replace(RIGHT, mentions=(*others, replace(karsk, label="ORG")))
    assert worse(relabelled) == named | {"names.org.exact", "names.org.overlap"}
    assert figures(relabelled)["names.place.exact.recall"] == 0
    assert figures(relabelled)["names.org.exact.precision"] == pytest.approx(2 / 3)
    assert figures(replace(RIGHT, mentions=(*RIGHT.mentions, karsk)))["names.place.exact.precision"] == 0.5
    assert worse(replace(RIGHT, mentions=(*RIGHT.mentions, replace(karsk, label="ROLE")))) == set()


def test_events_count_apart_from_names_and_by_overlap() -> None:
    talks = next(m for m in RIGHT.mentions if m.label == "EVENT")
    others = tuple(m for m in RIGHT.mentions if m != talks)
    wider = replace(talks, start=talks.start - 4, text="the port talks")
    assert worse(replace(RIGHT, mentions=(*others, wider))) == {"events.exact"}
    assert worse(replace(RIGHT, mentions=others)) == {"events.exact", "events.overlap"}


def test_one_prediction_matches_one_name_only() -> None:
    wide = Mention("a", 0, len(TEXT), TEXT, "PERSON")
    assert figures(replace(RIGHT, mentions=(wide,)))["names.person.overlap.recall"] == 0.25


def test_b_cubed() -> None:
    """Seven names of four things; Bale's two mentions taken for two things, then for Dantov."""
    dantov, bale, *rest = RIGHT.chains
    apart = [Chain("PERSON", (mention,)) for mention in bale.mentions]
    split = figures(replace(RIGHT, chains=(dantov, *apart, *rest)))
    assert split["chains.b3.precision"] == 1
    assert split["chains.b3.recall"] == pytest.approx((5 + 2 * 0.5) / 7)
    assert split["chains.pairs.precision"] == 1
    assert split["chains.pairs.recall"] == pytest.approx(2 / 3)
    merged = figures(replace(RIGHT, chains=(Chain("PERSON", dantov.mentions + bale.mentions), *rest)))
    assert merged["chains.b3.precision"] == pytest.approx((3 + 4 * 0.5) / 7)
    assert merged["chains.b3.recall"] == 1
    assert merged["chains.inventory.recall"] == 0.75


def test_content() -> None:
    half = {"claims.content.iou80"}
    assert worse(change(2, content=(piece("a deal was"),))) == half
    lost = worse(change(2, content=(piece("near"),)))
    assert lost == half | {
        "claims.content.iou50", "claims.recall.indirect", "claims.content+speaker", "claims.strict", "calibration.content",
    }  # fmt: skip
    assert worse(change(1, content=(piece("Nobody will stop them"),))) == set(), "quotation marks do not count"
    split = (piece("a deal"), piece("was near"))
    assert worse(change(2, content=split)) == set()
    twice = figures(replace(RIGHT, claims=(*RIGHT.claims, RIGHT.claims[0])))
    assert twice["claims.content.iou50.precision"] == pytest.approx(5 / 6)
    assert twice["claims.content.iou50.recall"] == 1


def test_recall_is_told_by_kind() -> None:
    assert {"claims.recall.mixed"} == {n for n in worse(replace(RIGHT, claims=RIGHT.claims[1:])) if ".recall." in n}
    assert {"claims.recall.direct"} == {
        n for n in worse(replace(RIGHT, claims=RIGHT.claims[2:] + RIGHT.claims[:1])) if ".recall." in n
    }
    assert worse(change(0, kind="direct")) == set(), "the predicted kind is not scored"


def test_cue_and_source() -> None:
    assert worse(change(0, cue=None)) == {"claims.cue"}
    assert worse(change(0, cue=piece("left"))) == {"claims.cue"}
    assert worse(change(0, source=piece("Karsk"))) == {"claims.source"}
    assert worse(change(0, source=None)) == {"claims.source"}
    assert worse(change(0, source=piece("Dr. Mirela"))) == set()


@pytest.mark.parametrize(("number", "form"), [(0, "name"), (1, "pronoun"), (2, "name"), (3, "nominal")])
def test_a_wrong_speaker_costs_by_form(number: int, form: str) -> None:
    other = RIGHT.chains[1 if number != 2 else 0].name
    expected = {
        "claims.speaker", "claims.speaker.named", f"claims.speaker.{form}", "claims.content+speaker", "claims.strict",
        "calibration.speaker",
    }  # fmt: skip
    for wrong in (other, None, RIGHT.chains[3].name):
        assert worse(change(number, speaker=wrong)) == expected


def test_an_unnamed_speaker_stays_unnamed() -> None:
    expected = {"claims.speaker", "claims.speaker.unnamed", "claims.content+speaker", "claims.strict", "calibration.speaker"}
    assert worse(change(4, speaker=RIGHT.chains[0].name)) == expected
    some = piece("Officials")
    assert worse(change(4, speaker=Mention("a", some.start, some.end, "they", "PRONOUN"))) == set()
    assert worse(change(4, speaker=Mention("a", some.start, some.end, "the officials", "NOMINAL"))) == set()


def test_another_name_of_the_speaker_is_right() -> None:
    surname = replace(RIGHT.chains[0].name, start=0, end=1, text="Dantov")
    assert worse(change(0, speaker=surname)) == set(), "a mention outside the chains counts by its text"
    assert worse(change(0, speaker=replace(surname, text="Dr. Mirela Dantov"))) == set()


def test_a_co_speaker_will_do() -> None:
    data = article()
    data["claims"][0]["co_speakers"] = ["E2"]
    scores = score([Gold.from_json(data)], {"a": change(0, speaker=RIGHT.chains[1].name)})
    assert scores["claims.speaker"] == Ratio(5, 5)


def test_a_strict_record_needs_the_organisation() -> None:
    silent = replace(RIGHT, affiliations=RIGHT.affiliations[1:])
    lost = {"claims.strict", "claims.organisation", *(name for name in MEASURES if name.startswith("affiliations."))}
    assert worse(silent) == lost
    assert figures(silent)["claims.strict.recall"] == pytest.approx(2 / 5), "three claims are the director's"
    wrong = replace(RIGHT.affiliations[0], organisation=RIGHT.chains[3].name)
    assert worse(replace(RIGHT, affiliations=(wrong, *RIGHT.affiliations[1:]))) == lost - {"affiliations.person+role"}


def test_affiliations() -> None:
    director, minister = RIGHT.affiliations
    alone = {f"affiliations.{name}" for name in ("person+role", "person+org+role")}

    def having(first: Affiliation, *more: Affiliation) -> Extraction:
        return replace(RIGHT, affiliations=(first, minister, *more))

    assert worse(having(replace(director, role=piece("director of the Lowen Institute")))) == set(), "one role holds the other"
    assert worse(having(replace(director, role=piece("minister")))) == alone
    assert worse(having(replace(director, role=None))) == alone
    assert worse(having(director, director)) == set(), "said twice is said once"
    party = replace(minister, organisation=replace(RIGHT.chains[2].name, start=0, end=1, text="Democratic Party"))
    assert worse(having(director, party)) == set(), "a party is no organisation"
    word = piece("Democrat")
    democrat = Mention("a", word.start, word.end, word.quote, "ORG")
    chained = replace(
        having(director, replace(minister, organisation=democrat)), chains=(*RIGHT.chains, Chain("ORG", (democrat,)))
    )
    assert worse(chained) == {"chains.inventory"}
    assert neutral(chained)["affiliations"][1]["organisation"] is None
    assert "affiliations.person+org" in worse(having(director, replace(minister, organisation=RIGHT.chains[2].name)))
    swapped = worse(having(replace(director, person=RIGHT.chains[1].name)))
    assert {"affiliations.person+org", "affiliations.person+role", "claims.strict"} <= swapped


def test_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="the text of a is not"):
        score([GOLD], {"a": replace(RIGHT, document=Document("a", TEXT + " "))})


# ------------------------------------------------------------------ names
@pytest.mark.parametrize(
    ("name", "person", "expected"),
    [
        ("Sen. Ben Sasse’s", True, "ben sasse"),
        ("The White House", False, "white house"),
        ("President", True, "president"),
        ("President Obama", False, "president obama"),
        ("Ban Ki-moon", True, "ban ki-moon"),
        ("U.S.", False, "us"),
        ("the", False, "the"),
        ("--- ’s", False, "---"),
        (None, False, ""),
    ],
)
def test_normal_names(name: str | None, person: bool, expected: str) -> None:
    assert normal(name, person) == expected


@given(st.text(alphabet=" -.'’sTheDrSen\u00a0éA1"), st.booleans())
def test_normal_names_stay_as_they_are(name: str, person: bool) -> None:
    once = normal(name, person)
    assert normal(once, person) == once


def test_roles_and_parties() -> None:
    assert roles_agree(normal_role("the vice-president of"), normal_role("Vice President for Sales"))
    assert not roles_agree(normal_role("director"), normal_role("co-directors"))
    assert roles_agree("", "")
    assert not roles_agree("", "chair")
    assert all(is_party(name) for name in ("the Democratic Party", "R", "Labour", "GOP"))
    assert not is_party("Ohio Democratic Party")
    assert normal_role("Republican") == ""


@pytest.mark.parametrize(
    ("source", "names", "form"),
    [
        ("Mr. Bale’s office", ["bale"], "name"),
        ("the IMF report", ["international monetary fund", "imf"], "name"),
        ("the Balearic minister", ["bale"], "nominal"),
        ("She", ["mirela dantov"], "pronoun"),
        ("her lawyer", ["mirela dantov"], "nominal"),
        (None, ["mirela dantov"], "unstated"),
    ],
)
def test_forms_of_speakers(source: str | None, names: list[str], form: str) -> None:
    assert speaker_form(source, [Identity(names[0], frozenset(names))]) == form
    assert speaker_form(source, []) == "unnamed"


# ------------------------------------------------------------------ many articles
class Mistakes:
    """Mistakes of every kind, as many as a poor, a middling or a good extractor makes."""

    def __init__(self, data: dict[str, Any], seed: int) -> None:
        self.luck = random.Random(f"{seed} {data['id']}")
        self.right = perfect(data)
        self.text = self.right.document.text
        self.chance = self.luck.choice((0.1, 0.3, 0.6))
        self.names: list[Mention] = []

    def oops(self) -> bool:
        return self.luck.random() < self.chance

    def shifted(self, item: Any) -> Any:
        start = min(max(item.start + self.luck.randint(-9, 9), 0), len(self.text) - 1)
        end = min(max(item.end + self.luck.randint(-9, 9), start + 1), len(self.text))
        words = {"text" if isinstance(item, Mention) else "quote": self.text[start:end]}
        return replace(item, start=start, end=end, **words)

    def span(self, item: Evidence | None) -> Any:
        """The same, or moved, or lost."""
        moved = self.shifted(item) if item and self.oops() else item
        return None if self.oops() else moved

    def mention(self, mention: Mention) -> Mention:
        moved: Mention = self.shifted(mention) if self.oops() else mention
        return replace(moved, label=self.luck.choice(("PERSON", "ORG", "PLACE", "EVENT", "NOMINAL"))) if self.oops() else moved

    def name(self, mention: Mention | None) -> Mention | None:
        return self.luck.choice([*self.names, None]) if self.oops() else mention

    def chains(self) -> list[Chain]:
        """Some mentions lost, some chains cut in two, two made one."""
        chains = []
        for chain in self.right.chains:
            kept = [self.mention(mention) for mention in chain.mentions if not self.oops()]
            self.luck.shuffle(kept)
            cut = self.luck.randrange(len(kept) + 1) if self.oops() else 0
            kind: Any = self.luck.choice(("PERSON", "ORG")) if self.oops() else chain.kind
            chains += [Chain(kind, tuple(part)) for part in (kept[:cut], kept[cut:]) if part]
        if len(chains) > 1 and self.oops():
            last = chains.pop()
            chains[0] = Chain(chains[0].kind, chains[0].mentions + last.mentions)
        return chains

    def affiliation(self, item: Affiliation) -> Affiliation:
        person = self.name(item.person) or item.person
        return replace(item, person=person, role=self.span(item.role), organisation=self.name(item.organisation))

    def claim(self, claim: Claim) -> Claim:
        pieces = (piece for piece in claim.content for _ in range(self.luck.randint(1, 2)))
        return replace(
            claim,
            content=tuple(self.shifted(piece) if self.oops() else piece for piece in pieces),
            cue=self.span(claim.cue),
            source=self.span(claim.source),
            speaker=self.name(claim.speaker),
            score=self.luck.random(),
            speaker_score=self.luck.random(),
        )


def broken(data: dict[str, Any], seed: int) -> Extraction:
    """The perfect prediction with mistakes; some mentions are in no chain, some records stand twice."""
    make = Mistakes(data, seed)
    right, chains = make.right, make.chains()
    make.names = [chain.name for chain in chains] + [m for m in right.mentions if make.oops()]
    for mention in make.names[:3]:
        text = make.luck.choice(("Republicans", f"the Rev. {mention.text}", "officials", "GOP"))
        make.names.append(replace(mention, start=0, end=1, text=text))
    mentions = [m for chain in chains for m in chain.mentions if not make.oops()]
    mentions += [make.mention(m) for m in right.mentions if make.oops()]
    affiliations = [make.affiliation(a) for a in (*right.affiliations, *right.affiliations[::3]) if not make.oops()]
    claims = [make.claim(claim) for claim in (*right.claims, *right.claims[::4]) if not make.oops()]
    make.luck.shuffle(claims)
    return replace(
        right, mentions=tuple(mentions), chains=tuple(chains), affiliations=tuple(affiliations), claims=tuple(claims)
    )


ARTICLES = [article(f"a{number}") for number in range(8)]
MANY = [Gold.from_json(data) for data in ARTICLES]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 8))
def test_scores_add_up_and_stay_between_0_and_1(seed: int, cut: int) -> None:
    found = {data["id"]: broken(data, seed) for data in ARTICLES[1:]}
    whole = score(MANY, found)
    halves = score(MANY[:cut], found) + score(MANY[cut:], found)
    assert halves == whole
    backwards = score(MANY[::-1], found).figures()
    for name, value in whole.figures().items():
        assert 0 <= value <= 1, name
        assert backwards[name] == pytest.approx(value), name
    assert (Scores() + whole).figures() == whole.figures()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.data())
def test_forgetting_a_mention_never_helps_recall(seed: int, data: st.DataObject) -> None:
    found = broken(ARTICLES[0], seed)
    if not found.mentions:
        return
    lost = data.draw(st.integers(0, len(found.mentions) - 1))
    fewer = replace(found, mentions=found.mentions[:lost] + found.mentions[lost + 1 :])
    before, after = (score(MANY[:1], {"a0": extraction}).figures() for extraction in (found, fewer))
    assert after["names.exact.recall"] <= before["names.exact.recall"]


def test_intervals_are_seeded_hold_the_figure_and_need_no_order() -> None:
    scores = score(MANY, {data["id"]: broken(data, 5) for data in ARTICLES})
    intervals, values = scores.intervals(), scores.figures()
    assert intervals.keys() == values.keys()
    assert intervals == Scores(scores.articles[::-1]).intervals()
    assert intervals != scores.intervals(seed=1)
    low, high = intervals["names.exact.f1"]
    assert low < values["names.exact.f1"] < high
    assert high - low > sum(x * y for x, y in zip(scores.intervals(level=0.5)["names.exact.f1"], (-1, 1), strict=True)) > 0
    assert score(MANY, {data["id"]: perfect(data) for data in ARTICLES}).intervals()["claims.strict.f1"] == (1.0, 1.0)
    assert set(Scores().intervals().values()) == {(0.0, 0.0)}


def test_calibration() -> None:
    answers = [(0.95, True)] * 8 + [(0.95, False)] * 2 + [(0.15, False)] * 10 + [(1.0, True), (0.0, False)]
    tally = Reliability.count(answers)
    assert tally.ece == pytest.approx((abs(10 * 0.95 + 1 - 9) + 10 * 0.15) / 22)
    last = tally.bins[-1]
    assert (last.low, last.high, last.count) == (0.9, 1.0, 11)
    assert last.accuracy == pytest.approx(9 / 11)
    assert tally.bins[5].count == tally.bins[5].accuracy == 0
    assert Reliability.count(answers[:7]) + Reliability.count(answers[7:]) == Reliability.of(tally.counts)
    doubtful = replace(RIGHT, claims=tuple(replace(c, score=0.25, speaker_score=0.75) for c in RIGHT.claims))
    assert figures(doubtful)["calibration.content.ece"] == pytest.approx(0.75)
    assert figures(doubtful)["calibration.speaker.ece"] == pytest.approx(0.25)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_the_calibration_error_is_a_share(answers: list[tuple[float, bool]]) -> None:
    tally = Reliability.count(answers)
    assert 0 <= tally.ece <= 1
    assert sum(bin.count for bin in tally.bins) == len(answers)
    assert all(not bin.count or bin.low - 1e-9 <= bin.confidence <= bin.high + 1e-9 for bin in tally.bins)


def test_floors(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"names.exact.f1": 0.9, "claims.speaker": 0.5, "calibration.content.ece": 0.1}))
    scores = score([GOLD], {"a": change(0, score=0.0)})
    assert [str(missed) for missed in floors(scores, path)] == ["calibration.content.ece is 0.2000, above 0.1000"]
    assert [missed.name for missed in floors(Scores(), path)] == ["names.exact.f1", "claims.speaker"]
    path.write_text('{"names.f1": 1}')
    with pytest.raises(ValueError, match=r"no such figure: names\.f1"):
        floors(scores, path)
    path.write_text('{"seeds": {"claims.speaker": 0.5}, "kg-dev": {"names.exact.f1": 0.9}}')
    assert [missed.name for missed in floors(Scores(), path, "kg-dev")] == ["names.exact.f1"]
    with pytest.raises(KeyError):
        floors(scores, path, "others")


def test_the_table_names_every_measure() -> None:
    text = table(score(MANY, {data["id"]: broken(data, 3) for data in ARTICLES[1:]}), resamples=50)
    assert text.startswith("8 articles, 1 without prediction\n")
    for name in MEASURES:
        assert f"\n  {name.split('.', 1)[1]} " in text
    assert max(map(len, text.splitlines())) < 112
    assert table(Scores()).startswith("0 articles")
    assert "0.000" not in table(Scores()), "what was never asked has no figure"


# ------------------------------------------------------------------ files
@pytest.mark.parametrize("name", ["gold.jsonl", "gold.jsonl.gz"])
def test_gold_files(tmp_path: Path, name: str) -> None:
    odd = article("b") | {"text": TEXT.replace("Officials", "Officia\u2028s")}
    lines = "\n".join(json.dumps(data, ensure_ascii=False) for data in (article(), odd)) + "\n\n"
    path = tmp_path / name
    path.write_bytes(gzip.compress(lines.encode()) if name.endswith(".gz") else lines.encode())
    first, second = read_gold(path)
    assert first == GOLD
    assert (second.id, second.text, second.document.text) == ("b", odd["text"], odd["text"])


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.pop("claims"),
        lambda data: data["claims"][0].update(kind="quoted"),
        lambda data: data["claims"][0].update(speaker="E99"),
        lambda data: data["affiliations"][0].update(organisation="E99"),
        lambda data: data["entities"][0].update(mentions=[[1, 2, 3]]),
    ],
)
def test_gold_of_another_form_is_refused_by_line(tmp_path: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    data = article("b")
    change(data)
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{json.dumps(article())}\n{json.dumps(data)}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"gold\.jsonl, line 2: not an annotated article"):
        read_gold(path)


def test_the_neutral_form() -> None:
    form = neutral(RIGHT)
    assert json.loads(json.dumps(form)) == form
    assert form["mentions"][0] == {"start": 4, "end": 17, "type": "PERSON", "entity": "e0"}
    assert form["entities"][0] == {"id": "e0", "type": "PERSON", "name": "Mirela Dantov", "aliases": ["Dantov"]}
    assert form["affiliations"][0] == {"person": "e0", "role": "director", "organisation": "e2", "place": None}
    claim = form["claims"][1]
    assert claim == {
        "content": [at("“Nobody will stop them,”")],
        "cue": at("added"),
        "speaker_span": at("she"),
        "speaker": "e0",
        "kind": "direct",
    }
    assert form["claims"][4]["speaker"] is None


# ------------------------------------------------------------------ an independent scorer
SAME = {
    **{f"names.{how}": ("mentions", f"{how} NAMED") for how in ("exact", "overlap")},
    **{
        f"names.{kind.lower()}.{how}": ("mentions", f"{how} {kind}")
        for how in ("exact", "overlap")
        for kind in ("PERSON", "ORG", "PLACE")
    },
    **{f"events.{how}": ("mentions", f"{how} EVENT") for how in ("exact", "overlap")},
    **{f"chains.{name}": ("entities", name) for name in ("b3", "pairs", "inventory")},
    **{f"claims.content.iou{least}0": ("claims", f"content iou>=0.{least}") for least in (5, 8)},
    **{f"claims.recall.{kind}": ("claims", f"recall iou>=0.5 {kind}") for kind in ("direct", "indirect", "mixed")},
    "claims.cue": ("claims", "cue"),
    "claims.source": ("claims", "speaker span"),
    "claims.speaker": ("claims", "speaker entity"),
    "claims.speaker.named": ("claims", "speaker entity, gold named"),
    "claims.speaker.unnamed": ("claims", "speaker entity, gold unnamed"),
    "claims.organisation": ("claims", "organisation of right speaker"),
    "claims.content+speaker": ("claims", "content+speaker"),
    "claims.strict": ("claims", "strict record"),
    **{f"affiliations.{name}": ("affiliations", name) for name in ("person+org", "person+role", "person+org+role")},
}


def independent(gold: Path, folder: Path, extractions: Iterable[Extraction]) -> Any:
    """The figures of the independent scorer for these predictions."""
    folder.mkdir()
    for extraction in extractions:
        (folder / f"{extraction.document.id}.json").write_text(json.dumps(neutral(extraction)), encoding="utf-8")
    command = [sys.executable, str(SHARED / "score" / "score.py"), str(gold), str(folder), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)


def agree(scores: Scores, other: Any) -> None:
    for name, (layer, key) in SAME.items():
        tally, theirs = scores[name], other[layer][key]
        ours = {"p": tally.precision, "r": tally.recall, "f1": tally.f1} if isinstance(tally, PRF) else {"accuracy": tally.main}
        for figure, value in ours.items():
            assert value == pytest.approx(theirs[figure], abs=1e-9), f"{name} {figure}"


@pytest.fixture(scope="module")
def dev() -> Path:
    path = SHARED / "data" / "gold" / "kg-dev.jsonl.gz"
    if not path.exists() or not (SHARED / "score" / "score.py").exists():
        pytest.skip("the development gold and the independent scorer are not beside this checkout")
    return path


@pytest.fixture(scope="module")
def annotated(dev: Path) -> list[dict[str, Any]]:
    with gzip.open(dev, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_the_independent_scorer_agrees_on_perfect_and_empty_predictions(
    dev: Path, annotated: list[dict[str, Any]], tmp_path: Path
) -> None:
    gold = read_gold(dev)
    right = {data["id"]: perfect(data) for data in annotated}
    scores = score(gold, right)
    agree(scores, independent(dev, tmp_path / "perfect", right.values()))
    for name in ("names.exact", "events.exact", "chains.b3", "claims.content.iou80", "claims.strict", "claims.cue"):
        assert scores[name].main > 0.99, name
    agree(score(gold, {}), independent(dev, tmp_path / "empty", ()))


@pytest.mark.parametrize("seed", range(8))
def test_the_independent_scorer_agrees_on_mistakes(
    seed: int, dev: Path, annotated: list[dict[str, Any]], tmp_path: Path
) -> None:
    found = {data["id"]: broken(data, seed) for data in annotated[seed % 3 :]}
    scores = score(read_gold(dev), found)
    assert 0.1 < scores["claims.content.iou50"].main < 0.95
    agree(scores, independent(dev, tmp_path / "predicted", found.values()))
