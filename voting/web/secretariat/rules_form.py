"""Rules in the fields of a form, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TypeVar

from voting.core.errors import Refusal
from voting.core.rules import (
    CLAUSES,
    NAMED_REQUIREMENTS,
    PRESETS,
    Base,
    Blank,
    BothMarked,
    Counted,
    Duplicates,
    NonSubmission,
    Objections,
    OutOfBase,
    Quorum,
    Relation,
    Rules,
    Threshold,
    Tie,
    Unit,
    fraction_text,
    parse_fraction,
)
from voting.web.languages import N_
from voting.web.secretariat.forms import Fault, fault, refused

_Word = TypeVar("_Word", bound=StrEnum)
ROWS = 4  # tests that a form has room for
_CUSTOM = "custom"
_LARGEST = 15  # digits of a number


@dataclass
class Reading:
    """A form being read: its fields, and what was wrong in them."""

    values: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str) -> str:
        return " ".join(self.values.get(name, "").split())

    def word(self, name: str, kind: type[_Word], default: _Word) -> _Word:
        """One of the words of *kind*; anything else is a fault."""
        try:
            return kind(self.text(name))
        except ValueError:
            self.faults.append(fault(name, N_("一つを選んでください。")))
            return default

    def flag(self, name: str) -> bool:
        return self.text(name) == "yes"

    def number(self, name: str) -> int | None:
        """A whole number from 1; None with a fault where there is none."""
        text = self.text(name)
        if text.isascii() and text.isdigit() and 0 < len(text) <= _LARGEST and int(text) > 0:
            return int(text)
        self.faults.append(fault(name, N_("1以上の整数を入力してください。")))
        return None

    def fraction_of(self, name: str) -> Fraction | None:
        """A fraction p/q; None with a fault where there is none."""
        try:
            return parse_fraction(self.text(name).translate(_NARROW))
        except Refusal as refusal:
            self.faults.append(refused(name, refusal))
            return None


_NARROW = {ord("／"): "/"} | {ord("０") + digit: str(digit) for digit in range(10)}


def rules_values(rules: Rules) -> dict[str, str]:
    """The fields of the form for *rules*."""
    quorum = rules.quorum
    return {
        "non_submission": rules.non_submission.value,
        "blank": rules.blank.value,
        "both_marked": rules.both_marked.value,
        "duplicates": rules.duplicates.value,
        "blank_overrides": _yes(rules.blank_overrides),
        "late": rules.late.value,
        "undelivered": rules.undelivered.value,
        "abstain": _yes(rules.abstain),
        "tie": rules.tie.value,
        "quorum": "none" if quorum is None else "set",
        "quorum_fraction": "1/2" if quorum is None else fraction_text(quorum.fraction),
        "quorum_relation": (Relation.AT_LEAST if quorum is None else quorum.relation).value,
        "quorum_by": (Unit.VOTES if quorum is None else quorum.by).value,
        "quorum_deemed": _yes(quorum is not None and quorum.deemed),
        **brake_values(rules.objections),
        **requires_values(rules.requires),
        **{f"clause_{name}": rules.clauses.get(name, "") for name in CLAUSES},
    }


def read_rules(reading: Reading, before: Rules) -> Rules:
    """The rules in the form; what is wrong stands in ``reading.faults``."""
    clauses = {name: text for name in CLAUSES if (text := reading.text(f"clause_{name}"))}
    found = replace(
        before,
        non_submission=reading.word("non_submission", NonSubmission, before.non_submission),
        blank=reading.word("blank", Blank, before.blank),
        both_marked=reading.word("both_marked", BothMarked, before.both_marked),
        duplicates=reading.word("duplicates", Duplicates, before.duplicates),
        blank_overrides=reading.flag("blank_overrides"),
        late=reading.word("late", OutOfBase, before.late),
        undelivered=reading.word("undelivered", OutOfBase, before.undelivered),
        quorum=_quorum(reading),
        requires=read_requires(reading) or before.requires,
        tie=reading.word("tie", Tie, before.tie),
        objections=read_brake(reading),
        abstain=reading.flag("abstain"),
        clauses=MappingProxyType(clauses),
    )
    return replace(found, preset=_preset(found))


def brake_values(brake: Objections | None) -> dict[str, str]:
    count = None if brake is None else brake.count
    share = None if brake is None else brake.fraction
    return {
        "objections": "none" if brake is None else "fraction" if count is None else "count",
        "objections_count": "" if count is None else str(count),
        "objections_fraction": "" if share is None else fraction_text(share),
    }


def read_brake(reading: Reading) -> Objections | None:
    kind = reading.text("objections")
    if kind == "count":
        return Objections(count=reading.number("objections_count"))
    return Objections(fraction=reading.fraction_of("objections_fraction")) if kind == "fraction" else None


def requires_values(tests: tuple[Threshold, ...] | None) -> dict[str, str]:
    """A name where the tests have one, else the rows of the table; "" where the assembly's hold."""
    if tests is None:
        return {"requires": ""}
    for name, known in NAMED_REQUIREMENTS.items():
        if known == tests:
            return {"requires": name}
    values = {"requires": _CUSTOM}
    for row, test in enumerate(tests):
        values |= {
            f"test_count_{row}": test.count.value,
            f"test_relation_{row}": test.relation.value,
            f"test_fraction_{row}": fraction_text(test.fraction),
            f"test_of_{row}": test.of.value,
            f"test_by_{row}": test.by.value,
            f"test_category_{row}": test.category or "",
        }
    return values


def read_requires(reading: Reading) -> tuple[Threshold, ...] | None:
    """The tests in the form; None where none of its own are asked for, or a fault was found."""
    name = reading.text("requires")
    if name in NAMED_REQUIREMENTS:
        return NAMED_REQUIREMENTS[name]
    if name != _CUSTOM:
        return None
    rows = [row for row in range(rows_of(reading.values)) if reading.text(f"test_fraction_{row}")]
    tests = tuple(test for row in rows if (test := _test(reading, row)) is not None)
    if not rows:
        said = N_("組み立てる条件がありません。表に割合を入力するか、ほかの要件を選んでください。")
        reading.faults.append(fault("requires", said))
    return tests or None


def rows_of(values: Mapping[str, str]) -> int:
    """How many rows the table of tests has: those that are filled, and some to fill."""
    filled = [int(name.rpartition("_")[2]) for name in values if _is_row(name)]
    return min(max([*filled, ROWS - 1]) + 1, 20)


def _is_row(name: str) -> bool:
    number = name.removeprefix("test_fraction_")
    return number != name and number.isascii() and number.isdigit() and len(number) < 3


def _test(reading: Reading, row: int) -> Threshold | None:
    share = reading.fraction_of(f"test_fraction_{row}")
    if share is None:
        return None
    return Threshold(
        count=reading.word(f"test_count_{row}", Counted, Counted.FOR),
        relation=reading.word(f"test_relation_{row}", Relation, Relation.MORE_THAN),
        fraction=share,
        of=reading.word(f"test_of_{row}", Base, Base.PRESENT),
        by=reading.word(f"test_by_{row}", Unit, Unit.VOTES),
        category=reading.text(f"test_category_{row}") or None,
    )


def _quorum(reading: Reading) -> Quorum | None:
    if reading.text("quorum") != "set":
        return None
    share = reading.fraction_of("quorum_fraction")
    return Quorum(
        fraction=share or Fraction(1),
        relation=reading.word("quorum_relation", Relation, Relation.AT_LEAST),
        by=reading.word("quorum_by", Unit, Unit.VOTES),
        deemed=reading.flag("quorum_deemed"),
    )


def _preset(rules: Rules) -> str | None:
    """The name of the preset that *rules* are, apart from their clauses."""
    for name, preset in PRESETS.items():
        if replace(rules, clauses=preset.clauses, preset=name) == preset:
            return name
    return None


def _yes(value: bool) -> str:
    return "yes" if value else "no"
