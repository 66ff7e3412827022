"""Roles in the shapes that news uses around names: whose they are, and with which organisation."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.records import Document

ROWS = [
    (
        "Rep. Isaiah Broadnax (D-N.C.), head of the Congressional Equality Caucus, said the vote was over.",
        {("Isaiah Broadnax", "head", "Congressional Equality Caucus"), ("Isaiah Broadnax", "Rep.", None)},
    ),
    (
        "Casimir Vandermeer and Sen. Delphine Marrow said the vote was over.",
        {("Delphine Marrow", "Sen.", None)},
    ),
    (
        "Salem Odeh, head of the Talmera Studies Center, said the vote was over.",
        {("Salem Odeh", "head", "Talmera Studies Center")},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_roles(text: str, wanted: set[tuple[str, str, str | None]]) -> None:
    (extraction,) = extract([Document(id="d", text=text)])
    found = {
        (item.person.text, item.role.quote if item.role else None, item.organisation.text if item.organisation else None)
        for item in extraction.affiliations
    }
    assert found == wanted
