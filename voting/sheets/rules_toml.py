"""The rules of an ASSEMBLY.toml: settings, requirements, quorum and the brake.  Source: rules R1, R5-R7."""

from dataclasses import replace
from types import MappingProxyType

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
)
from voting.sheets.toml_reading import TomlTable, Wrong, flag, fraction, maybe, number, text, word

_NONE = "none"


def read_rules(table: TomlTable) -> Rules:
    base = table.take("preset", _preset, Rules())
    clauses = _clauses(table.table("clauses"))
    rules = replace(
        base,
        non_submission=table.take("non_submission", word(NonSubmission), base.non_submission),
        blank=table.take("blank", word(Blank), base.blank),
        both_marked=table.take("both_marked", word(BothMarked), base.both_marked),
        duplicates=table.take("duplicates", word(Duplicates), base.duplicates),
        blank_overrides=table.take("blank_overrides", flag, base.blank_overrides),
        late=table.take("late", word(OutOfBase), base.late),
        undelivered=table.take("undelivered", word(OutOfBase), base.undelivered),
        quorum=_quorum(table, base.quorum),
        requires=read_requires(table) or base.requires,
        tie=table.take("tie", word(Tie), base.tie),
        objections=read_objections(table, base.objections),
        abstain=table.take("abstain", flag, base.abstain),
        clauses=MappingProxyType(clauses) if clauses else base.clauses,
    )
    table.close()
    return rules


def _preset(value: object) -> Rules:
    name = text(value)
    if name not in PRESETS:
        raise Wrong("toml-no-word", text=name, allowed="、".join(PRESETS))
    return PRESETS[name]


def _clauses(table: TomlTable) -> dict[str, str]:
    found = {name: table.take(name, text, "") for name in CLAUSES}
    table.close()
    return {name: clause for name, clause in found.items() if clause}


def _quorum(table: TomlTable, default: Quorum | None) -> Quorum | None:
    if not table.has("quorum") or table.values["quorum"] == _NONE:
        return table.take("quorum", lambda _none: None, default)
    given = table.table("quorum")
    quorum = Quorum(
        fraction=given.need("fraction", fraction, fraction("1/1")),
        relation=given.take("relation", word(Relation), Relation.AT_LEAST),
        by=given.take("by", word(Unit), Unit.VOTES),
        deemed=given.take("deemed", flag, False),
    )
    given.close()
    return quorum


def read_objections(table: TomlTable, default: Objections | None) -> Objections | None:
    if not table.has("objections") or table.values["objections"] == _NONE:
        return table.take("objections", lambda _none: None, default)
    given = table.table("objections")
    brake = Objections(
        count=given.take("count", maybe(number), None),
        fraction=given.take("fraction", maybe(fraction), None),
    )
    given.close()
    return brake


def read_requires(table: TomlTable) -> tuple[Threshold, ...] | None:
    """The tests under ``requires``: a list of them, or the name of one; None where there is no such key."""
    if not table.has("requires"):
        return None
    if isinstance(table.values["requires"], str):
        return table.take("requires", _named, NAMED_REQUIREMENTS["majority"])
    place = table.at("requires")
    tests = tuple(_threshold(each) for each in table.tables("requires", lambda index, _: f"{place}.{index}"))
    if table.values["requires"] == []:
        table.note(place, "no-requirement")
    return tests or NAMED_REQUIREMENTS["majority"]


def _named(value: object) -> tuple[Threshold, ...]:
    name = text(value)
    if name not in NAMED_REQUIREMENTS:
        raise Wrong("toml-no-word", text=name, allowed="、".join(NAMED_REQUIREMENTS))
    return NAMED_REQUIREMENTS[name]


def _threshold(table: TomlTable) -> Threshold:
    test = Threshold(
        count=table.need("count", word(Counted), Counted.FOR),
        relation=table.need("relation", word(Relation), Relation.MORE_THAN),
        fraction=table.need("fraction", fraction, fraction("1/2")),
        of=table.need("of", word(Base), Base.PRESENT),
        by=table.take("by", word(Unit), Unit.VOTES),
        category=table.take("category", maybe(text), None),
    )
    table.close()
    return test
