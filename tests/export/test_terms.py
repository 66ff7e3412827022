"""Nothing bad passes the gate for IRIs and literals."""

from __future__ import annotations

import re
import time

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.export.rdf import terms

ANY = st.text(
    st.characters() | st.characters(categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cf", "Cn"]) | st.sampled_from('"\\<>\n%#?')
)


@given(ANY)
def test_any_string_comes_back_from_turtle(text: str) -> None:
    words = terms.literal(text)
    assert (words is None) == (terms.clean(text) == "")
    if words is None:
        return
    triple = pyoxigraph.Triple(terms.IRI("urn:a"), terms.IRI("urn:b"), words)
    source = pyoxigraph.serialize([triple], format=pyoxigraph.RdfFormat.TURTLE)
    (found,) = pyoxigraph.parse(source, pyoxigraph.RdfFormat.TURTLE)
    assert found.triple == triple
    (read,) = rdflib.Graph().parse(data=source, format="turtle").objects()
    assert str(read) == terms.clean(text)
    assert source.count(b"\n") == 1


@given(ANY)
def test_clean_is_idempotent_and_replaced_keeps_the_length(text: str) -> None:
    assert terms.clean(terms.clean(text)) == terms.clean(text)
    assert len(terms.replaced(text)) == len(text)
    assert terms.clean(terms.replaced(text)) == terms.replaced(text)
    terms.replaced(text).encode("utf-8")


@given(ANY)
def test_a_quotation_is_as_long_as_in_the_article(text: str) -> None:
    words = terms.quotation(text)
    assert (words.value if words else "") == terms.replaced(text)


@given(ANY | ANY.map("https://example.org/".__add__) | ANY.map("https://".__add__) | ANY.map("urn:".__add__))
def test_an_iri_is_valid_or_dropped(text: str) -> None:
    found = terms.iri(text)
    if found:
        source = f"<{found.value}> <urn:b> <{found.value}> ."
        (triple,) = pyoxigraph.parse(source.encode(), pyoxigraph.RdfFormat.TURTLE)
        assert triple.object.value == found.value
        assert len(rdflib.Graph().parse(data=source, format="turtle")) == 1
        assert terms.iri(found.value) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("https://a.example/b c", "https://a.example/b%20c"),
        (" https://a.example/\n<b>\x00", "https://a.example/%0A%3Cb%3E"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/عمّان", "https://a.example/عمّان"),
        ("https://a.example/#a#b", "https://a.example/#a%23b"),
        ("urn:isbn:123", "urn:isbn:123"),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("https://a.example:port/", None),
        ("/relative", None),
        ("", None),
    ],
)
def test_iri(text: str, expected: str | None) -> None:
    found = terms.iri(text)
    assert (found.value if found else None) == expected


def test_a_dropped_iri_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert terms.iri("no address", "address of x") is None
    assert "dropped the address of x 'no address'" in caplog.text


@pytest.mark.parametrize("text", ["https://a/" + "%" * 200_000, "https://" + "a" * 200_000 + ":", "urn:" + "a" * 200_000 + '"'])
def test_the_check_is_quick(text: str) -> None:
    begin = time.process_time()
    terms.iri(text)
    assert time.process_time() - begin < 2


@given(ANY)
def test_a_local_name_is_safe(text: str) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", terms.local(text))


def test_ids_of_ours_stay() -> None:
    assert terms.local("oraib-al-rantawi-af04e0062380") == "oraib-al-rantawi-af04e0062380"
    assert terms.local("a_b") != terms.local("a.b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2012-05-01", "2012-05-01"),
        ("2012-05-01T10:00:00Z", "2012-05-01"),
        ("2012-02-30", None),
        ("2012-05", None),
        ("May", None),
        ("", None),
        (None, None),
    ],
)
def test_date(text: str | None, expected: str | None) -> None:
    found = terms.date(text)
    assert (found.value if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2012", ("2012", "gYear")),
        ("2012-05", ("2012-05", "gYearMonth")),
        ("2012-05-01", ("2012-05-01", "date")),
        ("2031-W14", ("2031-03-31/2031-04-06", "EDTF")),
        ("2026-W53", ("2026-12-28/2027-01-03", "EDTF")),
        ("2031-W53", None),
        ("0000-W01", None),
        ("2012-13", None),
        ("0000", None),
        ("20120", None),
        ("May", None),
        (None, None),
    ],
)
def test_moment(text: str | None, expected: tuple[str, str] | None) -> None:
    found = terms.moment(text)
    assert (found and (found.value, re.split("[#/]", found.datatype.value)[-1])) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(38.0145, "38.01450"), (-90, "-90.00000"), (90.1, None), (float("nan"), None)]
)
def test_degrees(number: float, expected: str | None) -> None:
    found = terms.degrees(number, 90)
    assert (found and found.value) == expected


@pytest.mark.parametrize(
    ("score", "expected"), [(0.97, "0.970"), (1, "1.000"), (7.0, "1.000"), (-1.0, "0.000"), (1e-9, "0.000")]
)
def test_decimal(score: float, expected: str) -> None:
    found = terms.decimal(score)
    assert found
    assert found.value == expected
    assert terms.decimal(float("nan")) is None


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "en"), ("en_GB", "en-gb"), ("zh-Hant-TW", "zh-hant-tw"), ("en-nonsense", "en"), ("english?", ""), (None, "")],
)
def test_language(tag: str | None, expected: str) -> None:
    found = terms.literal("x", tag)
    assert found
    assert (found.language or "") == expected


def test_a_base_is_an_iri() -> None:
    assert terms.base("https://a.example/kg") == "https://a.example/kg/"
    with pytest.raises(ValueError, match="base IRI"):
        terms.base("not an iri")
