"""Since when and until when a role is held: the words behind the role, in rows."""

from __future__ import annotations

import pytest

from kg.extract.tenure import find_tenure

ROWS: list[tuple[str, str | None, str | None]] = [
    (" since 2019, said prices rose.", "2019", None),
    (" since March 2014", "2014-03", None),
    (" since June, left.", "2026-06", None),
    (" of the Harbour Bank since 2010", "2010", None),
    (", who led the bank from 2010 to 2015, said", "2010", "2015"),
    (" between 2010 and 2015", "2010", "2015"),
    (" from March 2010 until June 2015", "2010-03", "2015-06"),
    (" (2010-2015)", "2010", "2015"),
    (" (2010–2015)", "2010", "2015"),
    (" until March", None, "2027-03"),
    (" until 2014, said", None, "2014"),
    (", who was elected in 2014 and resigned in 2016, said", "2014", "2016"),
    (", who took office in January,", "2026-01", None),
    (", appointed on 3 June 2015,", "2015-06-03", None),
    (", who stepped down in May,", None, "2026-05"),
    (", who has led the Lowen Institute since 2012", "2012", None),
    (", said prices had risen since 2019", None, None),
    (" told reporters that talks ran from 2010 to 2015", None, None),
    (" said on Monday", None, None),
    (" in 2014", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "since", "until"), ROWS)
def test_rows(text: str, since: str | None, until: str | None) -> None:
    assert find_tenure(text, "2026-11-18") == (since, until)
