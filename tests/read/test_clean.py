"""Boilerplate goes, prose stays, headlines become titles."""

from __future__ import annotations

import time

import pytest

from kg.read.clean import clean, line_kind

PROSE = "The government said on Monday that it would take part in the talks."

BOILERPLATE = [
    "please wait",
    "Loading...",
    "No media source currently available",
    "0:00 0:02:26 0:00",
    "Accessibility links",
    "Breaking News",
    "BREAKING NEWS",
    "Advertisement",
    "Story continues below advertisement",
    "Share",
    "Share this article",
    "Share on Facebook",
    "Share on Facebook, Twitter and WhatsApp",
    "Follow us on Twitter",
    "Follow @VOANews",
    "Follow VOA News on Facebook",
    "Subscribe",
    "Subscribe to our newsletter",
    "Sign up for our daily newsletter here!",
    "Get the VOA's newsletter",
    "We use cookies to improve your experience on our site.",
    "This website uses cookies.",
    "Accept all cookies",
    "Photo: AP",
    "Photo by John Smith/Getty Images",
    "(AP Photo/Hassan Ammar)",
    "REUTERS/Khaled al-Hariri",
    "Image courtesy of Anna de la Cruz",
    "Read more: Syria's war, explained",
    "Read more",
    "Related: Why the rebels lost Qusair",
    "Related stories",
    "12:45",
    "3:45 PM ET",
    "May 22, 2013 10:30 PM",
    "Published May 22, 2013",
    "Last updated: 22 May 2013 14:30 GMT",
    "2 hours ago",
]

LOOKALIKES = [
    "Share prices fell on Monday.",
    "Share and share alike, the minister told them.",
    '"Share this story," he said.',
    "Please wait for the results, officials said.",
    "Follow the money, she said.",
    "Follow us into battle, he told his men.",
    "Subscribe to the newsletter of the rebels, the paper urged.",
    "Advertisement revenue fell by half.",
    "advertisement",
    "Breaking news: the minister resigned.",
    "We use cookies to lure the bears, the hunter said.",
    "Related: the two men had been friends for years.",
    "Read more: that was his advice to the young.",
    "Read more books, the minister said",
    "Photo: the president waved.",
    "Photo by photo, the police rebuilt the scene.",
    "Credit: where it is due",
    "Reuters reported the news first.",
    "May 22, 2013 was the day the war ended.",
    "At 12:45 the bomb went off.",
    "Published in May, the report blames both sides.",
    "Related companies were sold",
    "Cookies were served.",
    "Newsletter writers went on strike.",
]


@pytest.mark.parametrize("line", BOILERPLATE)
def test_boilerplate_is_no_text(line: str) -> None:
    assert clean(f"{PROSE}\n\n{line}\n\n{PROSE}") == (f"{PROSE}\n\n{PROSE}", None)
    assert clean(f"{line}\n\n{PROSE}") == (PROSE, None)


@pytest.mark.parametrize("line", LOOKALIKES)
def test_prose_that_looks_like_boilerplate_stays(line: str) -> None:
    assert line in clean(f"{PROSE}\n\n{line}\n\n{PROSE}")[0]


@pytest.mark.parametrize(
    "text",
    [
        "The company lives on what its rivals scorn as plain\nAdvertisement\nand it has never been ashamed of that.",
        "Anybody can see what he meant when he called it\nBreaking News\nthat day.",
        "He said so.\nRelated: the two had been friends for years and had\nfought in the same war.",
        "These are the companies that were fined.\n\nFacebook\n\nThe fine was the highest so far.",
        "The long war ended on that day.\n\nMay 22, 2013\n\nA day like any other, she said.",
    ],
)
def test_a_line_within_a_text_stays(text: str) -> None:
    assert clean(text, "A title")[0] == text


def test_a_row_of_share_buttons_goes() -> None:
    assert clean(f"{PROSE}\n\nShare\nFacebook\nTwitter\nPrint\n\n{PROSE}")[0] == f"{PROSE}\n\n{PROSE}"


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        (f"Peace Talks Begin\n\n{PROSE}", "Peace Talks Begin", PROSE),
        (f"Will Peace Talks Begin?\n\n{PROSE}", "Will Peace Talks Begin?", PROSE),
        (f"Peace Talks Begin\n\nPeace talks begin\nplease wait\n\n{PROSE}", "Peace Talks Begin", PROSE),
        (f"Home\n\nPeace Talks Begin\n\nPeace Talks Begin\n\n{PROSE}", "Peace Talks Begin", f"Home\n\n{PROSE}"),
        (f"Peace Talks Begin\n\n{PROSE}\n\nPeace Talks Begin\n\nMore.", "Peace Talks Begin", f"{PROSE}\n\nMore."),
        (f"Peace Talks Begin\n\nBy Anna Smith\n\n{PROSE}", "Peace Talks Begin", f"By Anna Smith\n\n{PROSE}"),
        (f"He left.\n\n{PROSE}", None, f"He left.\n\n{PROSE}"),
        (f"Peace Talks Begin\n{PROSE}", None, f"Peace Talks Begin\n{PROSE}"),
        (f"He said:\n\n{PROSE}", None, f"He said:\n\n{PROSE}"),
        ("Peace Talks Begin", None, "Peace Talks Begin"),
        (PROSE, None, PROSE),
        ("", None, ""),
        (
            "Мирные переговоры\n\nПравительство заявило о своём участии.", "Мирные переговоры",
            "Правительство заявило о своём участии.",
        ),
        (
            "和平会谈开始\n\n政府星期一表示，它将参加在日内瓦举行的和平会谈。", "和平会谈开始",
            "政府星期一表示，它将参加在日内瓦举行的和平会谈。",
        ),
    ],
)  # fmt: skip
def test_the_headline_becomes_the_title(text: str, title: str | None, body: str) -> None:
    assert clean(text) == (body, title)


def test_a_known_title_is_not_repeated_in_the_text_and_another_line_does_not_replace_it() -> None:
    assert clean(f"“Peace” Talks  Begin\n\nA Second Line\n\n{PROSE}", '"Peace" Talks Begin') == (
        f"A Second Line\n\n{PROSE}",
        '"Peace" Talks Begin',
    )
    assert clean("All of it", "All of it") == ("All of it", "All of it")


def test_a_long_line_is_never_boilerplate() -> None:
    assert line_kind("Read more: " + "a" * 150) is None


@pytest.mark.parametrize(
    "line", ["Photo by " + "Aa " * 40, "Share on " + "X, " * 40, "We use cookies " + "site " * 25, "0:00 " * 30]
)
def test_no_line_is_slow(line: str) -> None:
    start = time.perf_counter()
    for _ in range(50):
        line_kind(line)
    assert time.perf_counter() - start < 0.5
