"""What an amend may change, the part of the docket that it names and nothing beside it; and what it voids.

An amend of the period that quietly brings another majority would be told to the members as a longer period.
"""

from dataclasses import replace
from datetime import datetime

from voting.core.docket import Docket
from voting.core.motions import Motion
from voting.ledger import kinds
from voting.ledger.answered import NewTexts, texts_answered
from voting.verify.evidence import Evidence
from voting.verify.findings import refuted


def require_named(evidence: Evidence) -> None:
    """Refuse an amended docket that differs from the one before in more than its amend says.

    Raises  Refuted as check 26.
    """
    amends = {entry.index: body.what for entry, body in evidence.of(kinds.Amend)}
    before = evidence.dockets[0]
    for after in evidence.dockets[1:]:
        what = amends[after.index]
        if _amended(before.docket, after.docket, what) != after.docket:
            raise refuted(26, "amended-beside", index=after.index, what=what)
        before = after


def texts_amended(evidence: Evidence) -> tuple[NewTexts, ...]:
    """The amends of texts in the order of the log: what was given before the last one is void."""
    return evidence.once("texts amended", lambda: _texts_amended(evidence))


def _texts_amended(evidence: Evidence) -> tuple[NewTexts, ...]:
    amends = evidence.of(kinds.Amend)
    return tuple(NewTexts(entry.index, entry.time) for entry, body in amends if body.what == "texts")


def base_of(evidence: Evidence, *, index: int, paper: int | None, received_at: datetime) -> int:
    """The entry whose texts a vote answers: the freeze, or an amend of texts (docs/adr/0014)."""
    amended = texts_amended(evidence)
    answered = texts_answered(amended, index=index, paper=paper, received_at=received_at)
    return evidence.only(kinds.Freeze)[0].index if answered is None else answered.index


def _amended(before: Docket, after: Docket, what: str) -> Docket:
    """*before* with those parts of *after* that an amend of this sort may bring."""
    old, new = before.assembly.schedule, after.assembly.schedule
    if what == "period":
        moved = replace(old, opens_at=new.opens_at, closes_at=new.closes_at)
        return replace(before, assembly=replace(before.assembly, schedule=moved))
    if what == "rules":
        return replace(before, rules=after.rules, motions=_with_rules_of(before.motions, after.motions))
    assembly = replace(after.assembly, schedule=old)
    return replace(after, body=before.body, assembly=assembly, rules=before.rules)


def _with_rules_of(before: tuple[Motion, ...], after: tuple[Motion, ...]) -> tuple[Motion, ...]:
    """The motions before, each with the rules that hold for it afterwards."""
    if [each.number for each in before] != [each.number for each in after]:
        return before
    return tuple(
        replace(new, title=old.title, documents=old.documents, candidates=old.candidates)
        for old, new in zip(before, after, strict=True)
    )
