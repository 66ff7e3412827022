"""A processed Doc to an Extraction: the only way out of the extraction stage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal, cast

from spacy.tokens import Doc, Span

from kg.extract.affiliations import DocAffiliation, role_name
from kg.extract.anonymity import justification
from kg.extract.attribution import Attribution
from kg.extract.chains import DocChain
from kg.extract.encoder import real_words, word_offsets
from kg.extract.events import describe
from kg.extract.features import quotation
from kg.extract.representation import representations, represented
from kg.extract.speakers import Speaker
from kg.extract.tenure import tenure
from kg.extract.times import said_at
from kg.extract.words import text_of
from kg.records import (
    Affiliation,
    Chain,
    Claim,
    ClaimKind,
    Document,
    EntityKind,
    Event,
    Evidence,
    Extraction,
    Mention,
    Modality,
    Polarity,
    SourceForm,
    SourceType,
    Status,
)

__all__ = ["to_extraction"]


class _Writer:
    """Spans of one Doc to records of one document."""

    def __init__(self, document: Document, doc: Doc) -> None:
        self.document = document
        self.doc = doc
        codes = quotation(text_of(doc), word_offsets(doc))
        self.quoted = dict(zip(real_words(doc).tolist(), codes.tolist(), strict=True))
        self.entities = [(span.start, span.end, span) for span in doc.ents]
        self.chains = {id(chain): self.chain(chain) for chain in doc._.chains}
        self.best = {(s.start, s.end): self.chains[id(chain)].name for chain in doc._.chains for s in chain.mentions}
        self.said_at = {id(item): said_at(item, document.published) for item in doc._.attributions}
        self.representations = representations(doc)

    def mention(self, span: Span) -> Mention:
        score = round(float(span._.score), 3)
        return Mention(self.document.id, span.start_char, span.end_char, span.text, span.label_, score)

    def named(self, span: Span | None) -> Mention | None:
        """The best name of the thing that ``span`` mentions."""
        return None if span is None else self.best[span.start, span.end]

    def evidence(self, start: int, end: int, score: float = 1.0) -> Evidence:
        return Evidence(self.document.id, start, end, self.document.text[start:end], round(score, 3))

    def span(self, span: Span, score: float = 1.0) -> Evidence:
        return self.evidence(span.start_char, span.end_char, score)

    def chain(self, chain: DocChain) -> Chain:
        best = chain.best
        mentions = (best, *(span for span in chain.mentions if span is not best))
        return Chain(cast(EntityKind, chain.kind), tuple(self.mention(span) for span in mentions))

    def affiliation(self, item: DocAffiliation) -> Affiliation:
        person = self.best[item.person.start, item.person.end]
        role = self.span(item.role, item.score) if item.role else None
        since, until = tenure(self.doc, item, self.document.published)
        return Affiliation(
            person=person,
            role=role,
            role_name=role_name(role.quote) if role else None,
            organisation=self.named(item.organisation),
            place=self.named(item.place),
            party=item.party,
            status=cast(Status, item.status),
            evidence=self.evidence(item.start, item.end, item.score),
            score=round(item.score, 3),
            since=since,
            until=until,
        )

    def event(self, chain: DocChain) -> Event:
        taken = {item.span.start for item in self.said_at.values() if item is not None}
        found = describe(self.doc, chain, self.document.published, taken)
        return Event(
            trigger=self.chains[id(chain)].name,
            participants=tuple(dict.fromkeys(self.best[span.start, span.end] for span in found.participants)),
            place=self.named(found.place),
            time=self.span(found.time.span) if found.time is not None else None,
            evidence=self.span(found.sentence),
            score=self.chains[id(chain)].name.score,
            status=found.status,
            date=found.time.value if found.time is not None else None,
        )

    def claim(self, attribution: Attribution, speaker: Speaker, affiliations: Iterable[Affiliation]) -> Claim:
        content = tuple(self.span(piece, attribution.score) for piece in attribution.content)
        people = [self.chains[id(chain)].name for chain in speaker.chains]
        affiliation = _introduced(people[0], affiliations, attribution.cue.start_char) if people else None
        source = speaker.mention if speaker.mention is not None else attribution.source
        cue = self.span(attribution.cue)
        said = self.said_at[id(attribution)]
        return Claim(
            id=_claim_id(self.document.id, content, cue),
            kind="direct" if attribution.verbatim else _kind(self.quoted, attribution.content),
            content=content,
            cue=cue,
            cue_lemma=_lemma(attribution.cue),
            source=self.span(source) if source is not None else None,
            form=cast(SourceForm, speaker.form),
            speaker=people[0] if people else None,
            co_speakers=tuple(people[1:]),
            unresolved=speaker.unresolved,
            source_type=cast(SourceType, speaker.source_type),
            justification=self.justification(attribution, speaker),
            affiliation=affiliation,
            on_behalf_of=self.client(attribution, speaker) or _represented(affiliation),
            about=tuple(
                sorted(
                    self.mention(span)
                    for start, end, span in self.entities
                    if any(piece.start <= start and end <= piece.end for piece in attribution.content)
                )
            ),
            polarity=cast(Polarity, attribution.polarity),
            modality=cast(Modality, attribution.modality),
            score=round(attribution.score, 3),
            speaker_score=round(speaker.score, 3),
            trace=speaker.trace,
            time=self.span(said.span) if said is not None else None,
            said_on=said.value if said is not None else None,
        )

    def justification(self, attribution: Attribution, speaker: Speaker) -> Evidence | None:
        """Why the source is unnamed, when it is and the text says so."""
        if not speaker.source_type.startswith("unnamed"):
            return None
        others = [item for item in self.doc._.attributions if item.cue.start < attribution.cue.start]
        reason = justification(self.doc, attribution, others)
        return self.span(reason) if reason is not None else None

    def client(self, attribution: Attribution, speaker: Speaker) -> Mention | None:
        """The one for whom the speaker speaks by the text's own words."""
        mentions = [span for chain in speaker.chains[:1] for span in chain.mentions]
        client = self.named(represented(self.doc, attribution, mentions, self.representations))
        return client if client is None or not speaker.chains or client != self.chains[id(speaker.chains[0])].name else None


def to_extraction(document: Document, doc: Doc) -> Extraction:
    """All records of ``doc``, the processed text of ``document``."""
    writer = _Writer(document, doc)
    affiliations = tuple(dict.fromkeys(writer.affiliation(item) for item in doc._.affiliations))
    claims = [writer.claim(a, s, affiliations) for a, s in zip(doc._.attributions, doc._.speakers, strict=True)]
    return Extraction(
        document=document,
        mentions=tuple(writer.mention(span) for span in doc.ents),
        chains=tuple(writer.chains.values()),
        affiliations=affiliations,
        events=tuple(writer.event(chain) for chain in doc._.chains if chain.kind == "EVENT"),
        claims=tuple(claims),
    )


def _claim_id(document: str, content: Iterable[Evidence], cue: Evidence) -> str:
    spans = [(piece.start, piece.end) for piece in content]
    return "c" + hashlib.sha256(repr((document, spans, cue.start, cue.end)).encode()).hexdigest()[:12]


def _kind(quoted: dict[int, int], content: Iterable[Span]) -> ClaimKind:
    """Direct when all words stand in quotation marks, mixed when some do."""
    codes = [quoted[token.i] for piece in content for token in piece if token.is_alpha or token.is_digit]
    share = sum(code > 0 for code in codes) / max(len(codes), 1)
    kind: Literal["direct", "indirect", "mixed"] = "direct" if share == 1 else "indirect" if share == 0 else "mixed"
    return kind


def _lemma(cue: Span) -> str:
    """The cue's words in lower case."""
    return " ".join(token.lower_ for token in cue if not token.is_space)


def _introduced(person: Mention, affiliations: Iterable[Affiliation], position: int) -> Affiliation | None:
    """The affiliation under which the text introduces the person: with an organisation first, then the nearest before."""
    own = [item for item in affiliations if item.person == person]
    return min(
        own,
        key=lambda item: (
            item.organisation is None,
            item.status == "former",
            item.evidence.start > position,
            abs(position - item.evidence.start),
        ),
        default=None,
    )


def _represented(affiliation: Affiliation | None) -> Mention | None:
    """The organisation that a spokesperson speaks for."""
    if affiliation is None or affiliation.role_name is None:
        return None
    return affiliation.organisation if "spokes" in affiliation.role_name else None
