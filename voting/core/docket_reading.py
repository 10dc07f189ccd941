"""Plain values read as a docket.  Only ``docket_json`` uses this; it also compares what was read.

A ``_Value`` knows where it was found, so that a refusal can say which one cannot be read.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar, TypeVar

from voting.core.assembly import Assembly, Body, Schedule
from voting.core.docket import Docket
from voting.core.errors import Refusal
from voting.core.motions import DocumentRef, Method, Motion, MotionKind
from voting.core.rules import (
    Base,
    Blank,
    BodyKind,
    BothMarked,
    Counted,
    Duplicates,
    NoFraction,
    NonSubmission,
    Objections,
    OutOfBase,
    Quorum,
    Relation,
    Rules,
    Threshold,
    Tie,
    Unit,
    parse_fraction,
)

FORMAT = "voting-docket/1"
_Word = TypeVar("_Word", bound=StrEnum)
_T = TypeVar("_T")


@dataclass(eq=False)
class UnreadableDocket(Refusal):
    """Values that are no docket.

    Shape   ``where`` is a path such as ``motions.0.requires``, or empty for the whole.
    """

    code: ClassVar[str] = "unreadable-docket"
    where: str


@dataclass(frozen=True, slots=True)
class _Value:
    """One value and where it stands.  Every reader raises UnreadableDocket where it does not fit."""

    value: object
    where: str = ""

    def refuse(self) -> UnreadableDocket:
        return UnreadableDocket(self.where)

    def fields(self, required: str, optional: str = "") -> Mapping[str, "_Value"]:
        """The members of an object: all of *required*, some of *optional*, no others."""
        if not isinstance(self.value, dict):
            raise self.refuse()
        needed, allowed = set(required.split()), set(required.split() + optional.split())
        if not needed <= set(self.value) <= allowed:
            raise self.refuse()
        return {name: self.member(name, value) for name, value in self.value.items()}

    def member(self, name: object, value: object) -> "_Value":
        return _Value(value, f"{self.where}.{name}" if self.where else str(name))

    def each(self) -> Iterator["_Value"]:
        if not isinstance(self.value, list):
            raise self.refuse()
        return (self.member(place, value) for place, value in enumerate(self.value))

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.refuse()
        return self.value

    def whole(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.refuse()
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.refuse()
        return self.value

    def word(self, kind: type[_Word]) -> _Word:
        try:
            return kind(self.text())
        except ValueError:
            raise self.refuse() from None

    def fraction(self) -> Fraction:
        try:
            return parse_fraction(self.text())
        except NoFraction:
            raise self.refuse() from None

    def day(self) -> date:
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.refuse() from None

    def instant(self) -> datetime:
        try:
            return datetime.strptime(self.text(), "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        except ValueError:
            raise self.refuse() from None

    def unless_null(self, read: Callable[["_Value"], _T]) -> _T | None:
        return None if self.value is None else read(self)


_NONE = _Value(None)


def read_docket(value: object, members: Mapping[str, str] | None) -> Docket:
    """The docket in *value*; see ``docket_json.docket_from_json``."""
    top = _Value(value).fields("assembly body format motions rules", "documents")
    if top["format"].value != FORMAT:
        raise top["format"].refuse()
    body = top["body"].fields("kind name")
    assembly = top["assembly"].fields("closes_at opens_at record_date title", "chair")
    schedule = Schedule(
        record_date=assembly["record_date"].day(),
        opens_at=assembly["opens_at"].instant(),
        closes_at=assembly["closes_at"].instant(),
    )
    chair = assembly.get("chair", _NONE).unless_null(_Value.text)
    return Docket(
        body=Body(body["name"].text(), body["kind"].word(BodyKind)),
        assembly=Assembly(assembly["title"].text(), schedule, chair),
        rules=_rules(top["rules"]),
        motions=tuple(_motion(each, members) for each in top["motions"].each()),
        documents=_documents(top["documents"]) if "documents" in top else (),
    )


def _documents(value: _Value) -> tuple[DocumentRef, ...]:
    found = [each.fields("name sha256") for each in value.each()]
    return tuple(DocumentRef(each["name"].text(), each["sha256"].text()) for each in found)


def _rules(value: _Value) -> Rules:
    given = value.fields(
        "non_submission blank both_marked duplicates blank_overrides late undelivered"
        " quorum requires tie objections abstain clauses preset"
    )
    clauses = given["clauses"]
    if not isinstance(clauses.value, dict):
        raise clauses.refuse()
    texts = {name: clauses.member(name, text).text() for name, text in clauses.value.items()}
    return Rules(
        non_submission=given["non_submission"].word(NonSubmission),
        blank=given["blank"].word(Blank),
        both_marked=given["both_marked"].word(BothMarked),
        duplicates=given["duplicates"].word(Duplicates),
        blank_overrides=given["blank_overrides"].flag(),
        late=given["late"].word(OutOfBase),
        undelivered=given["undelivered"].word(OutOfBase),
        quorum=given["quorum"].unless_null(_quorum),
        requires=_requires(given["requires"]),
        tie=given["tie"].word(Tie),
        objections=given["objections"].unless_null(_objections),
        abstain=given["abstain"].flag(),
        clauses=MappingProxyType(texts),
        preset=given["preset"].unless_null(_Value.text),
    )


def _quorum(value: _Value) -> Quorum:
    given = value.fields("fraction relation by deemed")
    return Quorum(
        fraction=given["fraction"].fraction(),
        relation=given["relation"].word(Relation),
        by=given["by"].word(Unit),
        deemed=given["deemed"].flag(),
    )


def _objections(value: _Value) -> Objections:
    given = value.fields("", "count fraction")
    return Objections(
        count=given.get("count", _NONE).unless_null(_Value.whole),
        fraction=given.get("fraction", _NONE).unless_null(_Value.fraction),
    )


def _requires(value: _Value) -> tuple[Threshold, ...]:
    return tuple(map(_threshold, value.each()))


def _threshold(value: _Value) -> Threshold:
    given = value.fields("count relation fraction of", "by category")
    return Threshold(
        count=given["count"].word(Counted),
        relation=given["relation"].word(Relation),
        fraction=given["fraction"].fraction(),
        of=given["of"].word(Base),
        by=given["by"].word(Unit) if "by" in given else Unit.VOTES,
        category=given.get("category", _NONE).unless_null(_Value.text),
    )


def _motion(value: _Value, members: Mapping[str, str] | None) -> Motion:
    given = value.fields(
        "number title documents",
        "depends_on requires non_submission barred objections kind method seats candidates",
    )

    def own(name: str) -> _Value:
        return given.get(name, _NONE)

    def listed(name: str, read: Callable[[_Value], _T]) -> tuple[_T, ...]:
        return tuple(map(read, given[name].each())) if name in given else ()

    def member(each: _Value) -> str:
        if members is not None and each.text() not in members:
            raise each.refuse()
        return each.text() if members is None else members[each.text()]

    return Motion(
        number=given["number"].whole(),
        title=given["title"].text(),
        kind=given["kind"].word(MotionKind) if "kind" in given else MotionKind.MOTION,
        depends_on=listed("depends_on", _Value.whole),
        requires=own("requires").unless_null(_requires),
        non_submission=own("non_submission").unless_null(lambda each: each.word(NonSubmission)),
        barred=listed("barred", member),
        objections=own("objections").unless_null(_objections),
        method=own("method").unless_null(lambda each: each.word(Method)),
        seats=own("seats").unless_null(_Value.whole),
        candidates=listed("candidates", _Value.text),
        documents=_documents(given["documents"]),
    )
