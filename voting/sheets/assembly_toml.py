"""ASSEMBLY.toml: an assembly with its rules and motions, written by hand.  Source: count-interface.md.

The form of the file is checked here, its meaning by ``core.checks``; both kinds of faults come out together.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import ClassVar

from voting.core.assembly import Assembly, Body, Schedule
from voting.core.ballots import Facts, Mark
from voting.core.checks import facts_faults
from voting.core.checks import faults as docket_faults
from voting.core.docket import Docket
from voting.core.errors import Refusal
from voting.core.faults import Fault
from voting.core.motions import Method, Motion, MotionKind
from voting.core.rules import BodyKind, NonSubmission
from voting.sheets.assembly_wording import fault_text
from voting.sheets.rules_toml import read_objections, read_requires, read_rules
from voting.sheets.toml_reading import (
    TomlFault,
    TomlTable,
    day,
    instant,
    listing,
    maybe,
    number,
    text,
    word,
)

# Stand-ins for missing numbers of motions; a thousand motions below it a number is somebody's own.
_NAMELESS = 2**53 - 1
_DECISIONS = {"chair": "chair_decision", "ties": "tie_decision"}
Decision = Mark | Mapping[str, Mark]


@dataclass(eq=False)
class AssemblyFaults(Refusal):
    """The file cannot be used.  Order: faults of form as the file is read, then those of meaning."""

    code: ClassVar[str] = "assembly-faults"
    faults: tuple[TomlFault, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Each fault in words, with its place."""
        return tuple(fault_text(fault) for fault in self.faults)


@dataclass(frozen=True, slots=True)
class AssemblyFile:
    """What the file says.

    Shape   ``facts_chair`` and ``facts_ties`` are the chair's recorded decisions, as ``Facts`` holds them.
    """

    docket: Docket
    facts_chair: Mapping[int, Decision]
    facts_ties: Mapping[int | tuple[int, str], Mark]


def read_assembly(source: str) -> AssemblyFile:
    """The assembly written in *source*.

    Raises  AssemblyFaults with everything that is wrong, each with its place.
    """
    try:
        values = tomllib.loads(source.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as fault:
        raise AssemblyFaults((TomlFault("", "toml-syntax", {"detail": str(fault)}),)) from None
    except ValueError:
        # A number of thousands of digits, which Python refuses to convert.
        raise AssemblyFaults((TomlFault("", "toml-syntax", {"detail": "a number too long"}),)) from None
    except RecursionError:
        raise AssemblyFaults((TomlFault("", "toml-syntax", {"detail": "nested too deeply"}),)) from None
    faults: list[TomlFault] = []
    top = TomlTable(values, "", faults)
    body, assembly = _body(top.table("body")), _assembly(top.table("assembly"))
    rules = read_rules(top.table("rules"))
    motions: list[Motion] = []
    chair: dict[int, Decision] = {}
    ties: dict[int | tuple[int, str], Mark] = {}
    for place, table in enumerate(top.tables("motion", _motion_place)):
        motion = _motion(table, nameless=_NAMELESS - place)
        motions.append(motion)
        chair.update(_chair(table, motion))
        ties.update(_ties(table, motion))
        table.close()
    top.close()
    docket = Docket(body, assembly, rules, tuple(motions))
    found = AssemblyFile(docket, MappingProxyType(chair), MappingProxyType(ties))
    meaning = (*docket_faults(docket), *facts_faults(docket, Facts(chair=chair, ties=ties)))
    told = {fault.place for fault in faults}
    faults.extend(toml_fault(fault) for fault in meaning if not _is_told(_place(fault.where), told))
    if faults:
        raise AssemblyFaults(tuple(faults))
    return found


def toml_fault(fault: Fault) -> TomlFault:
    """A fault of meaning as one of the file, for ``assembly_wording``."""
    facts = {each.name: _fact(getattr(fault, each.name)) for each in fields(fault) if each.name != "where"}
    return TomlFault(_place(fault.where), fault.code, facts)


def _place(where: str) -> str:
    """*where* as a key of the file: the chair's decisions stand in their motion, and a motion without a
    number is known by its place in the file, as ``motion.#2``.
    """
    table, _, rest = where.partition(".")
    own, _, key = rest.partition(".")
    if table in _DECISIONS:
        table, key = "motion", ".".join(filter(None, (_DECISIONS[table], key)))
    if table == "motion" and own.isdecimal() and _NAMELESS - 1000 < int(own) <= _NAMELESS:
        own = f"#{_NAMELESS - int(own) + 1}"
    return ".".join(filter(None, (table, own, key))) if table == "motion" else where


def _fact(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _is_told(where: str, told: set[str]) -> bool:
    """Whether a fault of form at the same place, or around it, has been told: a consequence is no news."""
    parts = where.split(".")
    return any(".".join(parts[:length]) in told for length in range(1, len(parts) + 1))


def _body(table: TomlTable) -> Body:
    body = Body(table.need("name", text, ""), table.need("kind", word(BodyKind), BodyKind.OTHER))
    table.close()
    return body


def _assembly(table: TomlTable) -> Assembly:
    title = table.need("title", text, "")
    record_date = table.need("record_date", day, date.min)
    opens_at = table.need("opens_at", instant, datetime.min.replace(tzinfo=UTC))
    closes_at = table.need("closes_at", instant, datetime.max.replace(tzinfo=UTC, microsecond=0))
    chair = table.take("chair", maybe(text), None)
    table.close()
    return Assembly(title, Schedule(record_date, opens_at, closes_at), chair)


def _motion_place(place: int, value: object) -> str:
    """``motion.2`` by the motion's own number; by its place in the file where it has none."""
    own = value.get("number") if isinstance(value, dict) else None
    return f"motion.{own}" if isinstance(own, int) and not isinstance(own, bool) else f"motion.#{place + 1}"


def _motion(table: TomlTable, *, nameless: int) -> Motion:
    """One motion; *nameless* stands for a missing number, so that everything else can still be checked."""
    return Motion(
        number=table.need("number", number, nameless),
        title=table.need("title", text, ""),
        kind=table.take("kind", word(MotionKind), MotionKind.MOTION),
        depends_on=table.take("depends_on", listing(number), ()),
        requires=read_requires(table),
        non_submission=table.take("non_submission", maybe(word(NonSubmission)), None),
        barred=table.take("barred", listing(text), ()),
        objections=read_objections(table, None),
        method=table.take("method", maybe(word(Method)), None),
        seats=table.take("seats", maybe(number), None),
        candidates=table.take("candidates", listing(text), ()),
    )


def _chair(table: TomlTable, motion: Motion) -> dict[int, Decision]:
    given = _decision(table, "chair_decision")
    return {} if given is None else {motion.number: given}


def _ties(table: TomlTable, motion: Motion) -> dict[int | tuple[int, str], Mark]:
    given = _decision(table, "tie_decision")
    if isinstance(given, Mapping):
        return {(motion.number, name): mark for name, mark in given.items()}
    return {} if given is None else {motion.number: given}


def _decision(table: TomlTable, key: str) -> Decision | None:
    """A mark, or in an election a mark for each candidate; None where there is none."""
    if not isinstance(table.values.get(key), dict):
        return table.take(key, maybe(word(Mark)), None)
    given = table.table(key)
    return {name: given.take(name, word(Mark), Mark.ABSTAIN) for name in given.values}
