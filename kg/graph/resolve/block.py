"""Which profiles are worth comparing: those that share a key, so that cost grows with the text, not with its square."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kg.graph.resolve.letters import skeleton, sound
from kg.graph.resolve.organisation_names import GENERIC, OrganisationName
from kg.graph.resolve.profile import Profile

__all__ = ["keys", "pairs"]

MOST_IN_BLOCK: Final = 20
"""All pairs of a block of this size are compared; in a larger one each profile with its ``WINDOW`` neighbours by name."""

WINDOW: Final = 12
_PART: Final = "part "  # keys that join a name of one word, or an acronym, with longer names, not two longer names


def pairs(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Pairs of positions in ``profiles``, all of one kind; each pair once, the smaller position first."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, profile in enumerate(profiles):
        for key in keys(profile):
            blocks[key].append(index)
    names = [_sorting(profile) for profile in profiles]
    short = [_is_short(profile) for profile in profiles]
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks):
        block = sorted(blocks[key], key=lambda index: (names[index], index))
        reach = WINDOW if len(block) > MOST_IN_BLOCK else len(block)
        for place, one in enumerate(block):
            for other in block[place + 1 : place + 1 + reach]:
                pair = (one, other) if one < other else (other, one)
                if pair not in seen and (not key.startswith(_PART) or short[one] or short[other]):
                    seen.add(pair)
                    yield pair


def _sorting(profile: Profile) -> str:
    """By surname, by first word, by name: whatever puts like names side by side."""
    return min(" ".join(reversed(name.words)) if profile.kind == "PERSON" else str(name) for name in profile.names or {""})


def keys(profile: Profile) -> set[str]:
    """What spellings and forms of one name have in common."""
    return _KEYS[profile.kind](profile)


def _person(profile: Profile) -> set[str]:
    """The surname by sound, with the given name by sound and by its initial, and the two in either order."""
    found: set[str] = set()
    for name in profile.names:
        last = skeleton(name.words[-1])
        found |= {f"surname {last}", f"letters {name.glued}"}
        if name.full:
            first = skeleton(name.words[0])
            found |= {f"both {min(first, last)} {max(first, last)}", f"initial {name.words[0][0]} {last}"}
            found |= {f"start {name.words[0]} {name.words[-1][:3]}", f"end {name.words[0]} {name.words[-1][-3:]}"}
            found |= {f"shorter {name.words[0]} {word}" for word in name.words[1:]}
    return found


def _organisation(profile: Profile) -> set[str]:
    """The first telling word by sound, any such word for a name of one, all words in any order, and the acronym."""
    found: set[str] = set()
    for name in profile.names:
        telling = _telling(name)
        found |= {f"word {word}" for word in telling[:1]} | {f"{_PART}{word}" for word in telling}
        found.add(f"start {' '.join(name.words[:2])}")
        found.add(f"all {' '.join(sorted(name.words))}")
        letters = "".join(word[0] for word in name.words).upper()
        found |= {f"{_PART}{acronym}" for acronym in (name.acronym or letters, name.country[:1] + letters) if len(acronym) > 1}
    return found


def _telling(name: OrganisationName) -> list[str]:
    return [skeleton(word) for word in name.words if word not in GENERIC]


def _is_short(profile: Profile) -> bool:
    """Goes by one word or by letters, which may stand for any longer name."""
    return profile.kind == "ORG" and any(len(name.words) == 1 or len(_telling(name)) == 1 for name in profile.names)


def _place(profile: Profile) -> set[str]:
    found = {f"at {ref.key}" for ref in profile.places}
    return found | {f"word {sound(word)}" for name in profile.names for word in name.split() if len(word) > 3}


def _event(profile: Profile) -> set[str]:
    """The noun with whatever else is known: an event that shares nothing with another is not the same."""
    families = {name.family for name in profile.names}
    known = {ref.label for ref in profile.places | profile.participants | profile.company} | {day[:7] for day in profile.days}
    known |= {word for name in profile.names for word in name.describing | name.naming}
    return {f"{family} {word}" for family in families for word in known}


_KEYS: Final[dict[str, Callable[[Profile], set[str]]]] = {
    "PERSON": _person,
    "ORG": _organisation,
    "PLACE": _place,
    "EVENT": _event,
}
