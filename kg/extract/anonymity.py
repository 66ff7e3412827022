"""Why a source is not named: "because they were not authorised to speak", "citing the talks", "to discuss ..."."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from spacy.tokens import Doc, Span

from kg.extract.attribution import Attribution
from kg.extract.sources import head_of

__all__ = ["find_reason", "justification"]

_UNNAMED: Final = (
    r"(?:on|under)\s(?:the\s)?(?:strict\s)?condition\s(?:of\s|that\s)[^.;]{0,40}?(?:anonymity|named|identified)"
    r"|(?:granted|given|offered|requested|sought|seeking|requesting|demanded|insisted\son|asked\sfor|asking\sfor)\sanonymity"
    r"|not\s(?:to\s)?be\s(?:named|identified|quoted\sby\sname)|to\snot\sbe\s(?:named|identified)"
    r"|(?:remain|stay|remaining)\sanonymous|(?:speak|spoke|spoken|speaking|talk|talked|talking)\s(?:anonymously|on\sbackground)"
    r"|(?:declined|refused|declining|refusing|unwilling|reluctant)\sto\sbe\s(?:named|identified|quoted\sby\sname)"
    r"|(?:not\snaming|withh(?:eld|olding)\sthe\snames?\sof|not\sidentifying)\s[^.;,]{1,40}?"
    r"|name\s(?:is|was|has\sbeen)\s(?:being\s)?withheld|whose\snames?\s(?:have|has)\sbeen\schanged"
)
_REASON: Final = (
    r"because|as\s(?:he|she|they|it|the)\b|since\s(?:he|she|they|the)\b|citing|for\sfear|fearing|out\sof|due\sto|given\sthe"
    r"|in\sorder\sto|so\sas\s(?:not\s)?to|so\s(?:that\s)?(?:he|she|they)|to|in\sdiscussing|when\sdiscussing|while\sdiscussing|owing\sto"
)
_GIVEN: Final = re.compile(rf"\b(?:{_UNNAMED}),?\s(?P<reason>(?:{_REASON})\b[^.;:—–()“”\"\n,]*)", re.I)
_UNAUTHORISED: Final = re.compile(
    r"\b(?P<reason>(?:not|never|wasn['’]t\s{1,2}|weren['’]t\s{1,2}|isn['’]t\s{1,2}|aren['’]t\s{1,2})\s?(?:authori[sz]ed|permitted|allowed|cleared)"
    r"\sto\s(?:speak|comment|discuss|talk|disclose|brief|be\squoted|release|share)\b[^.;:—–()“”\"\n,]*)",
    re.I,
)
_AFTER: Final = 2


def find_reason(text: str) -> tuple[int, int] | None:
    """Where ``text`` gives the reason for which a source stays unnamed; None when it does not.

    The reason starts with the word that joins it ("because", "citing", "to") and ends with its clause; where only a
    lack of authority is told, it is that.
    """
    match = _GIVEN.search(text) or _UNAUTHORISED.search(text)
    if match is None:
        return None
    start = match.start("reason")
    return start, start + len(match["reason"].rstrip())


def justification(doc: Doc, attribution: Attribution, before: Iterable[Attribution]) -> Span | None:
    """The stated reason for the anonymity of an attribution's source.

    It stands in the attribution's own sentences, in those of an earlier attribution to a source with the same head
    noun ("the official"), or in the two sentences after: "The official spoke on condition of anonymity because ...".
    """
    own = _reason_near(attribution)
    if own is not None or attribution.source is None:
        return own
    head = head_of(attribution.source)
    for other in reversed(list(before)):
        if other.source is not None and head_of(other.source) == head and (reason := _reason_near(other)) is not None:
            return reason
    return _reason_after(doc, attribution, head)


def _reason_near(attribution: Attribution) -> Span | None:
    """In the sentence of the cue, and outside what is said."""
    sentence = attribution.cue.sent
    stops = [attribution.cue, *attribution.content]
    return _reason_in(sentence, stops)


def _reason_after(doc: Doc, attribution: Attribution, head: str) -> Span | None:
    end = max(attribution.cue.sent.end, *(piece.end for piece in attribution.content))
    for _ in range(_AFTER):
        while end < len(doc) and doc[end].is_space:
            end += 1
        if end >= len(doc):
            return None
        sentence = doc[end].sent
        opening = [token.lower_ for token in sentence[:6]]
        if {"he", "she", "they", "who"} & set(opening[:1]) or (head and {head, head + "s"} & set(opening)):
            reason = _reason_in(sentence, ())
            if reason is not None:
                return reason
        end = sentence.end
    return None


def _reason_in(sentence: Span, stops: Iterable[Span]) -> Span | None:
    """The reason in a sentence, cut off where a cue or content begins; None when it lies within one."""
    found = find_reason(sentence.text)
    if found is None:
        return None
    span = sentence.doc.char_span(sentence.start_char + found[0], sentence.start_char + found[1], alignment_mode="contract")
    if span is None or any(stop.start <= span.start < stop.end for stop in stops):
        return None
    end = min((stop.start for stop in stops if span.start < stop.start < span.end), default=span.end)
    while end > span.start + 1 and sentence.doc[end - 1].text in ',“"':
        end -= 1
    return sentence.doc[span.start : end]
