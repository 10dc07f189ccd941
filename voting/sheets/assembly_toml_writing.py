"""An assembly written as an ASSEMBLY.toml that reads back to the same docket.  Source: count-interface.md.

Documents are files of their own and are not in it; a comment names them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from voting.core.docket import Docket
from voting.core.motions import Motion, MotionKind
from voting.core.rules import Objections, Rules, Threshold, Unit, fraction_text
from voting.sheets.toml_writing import text_in_toml, texts_in_toml

_JAPAN = timezone(timedelta(hours=9))


def write_assembly(docket: Docket) -> str:
    """The file.  Units: instants in Japanese time."""
    lines = [*_head(docket), *_rules(docket.rules)]
    for motion in docket.motions:
        lines += ["", "[[motion]]", *_motion(motion)]
    return "\n".join(lines) + "\n"


def _head(docket: Docket) -> Iterator[str]:
    schedule, chair = docket.assembly.schedule, docket.assembly.chair
    yield "[body]"
    yield f"name = {text_in_toml(docket.body.name)}"
    yield f"kind = {text_in_toml(docket.body.kind)}"
    yield ""
    yield "[assembly]"
    yield f"title = {text_in_toml(docket.assembly.title)}"
    yield f"record_date = {schedule.record_date.isoformat()}"
    yield f"opens_at = {_instant(schedule.opens_at)}"
    yield f"closes_at = {_instant(schedule.closes_at)}"
    if chair is not None:
        yield f"chair = {text_in_toml(chair)}"
    yield ""


def _rules(rules: Rules) -> Iterator[str]:
    yield "[rules]"
    if rules.preset is not None:
        yield f"preset = {text_in_toml(rules.preset)}"
    for name in ("non_submission", "blank", "both_marked", "duplicates", "late", "undelivered", "tie"):
        yield f"{name} = {text_in_toml(getattr(rules, name))}"
    yield f"blank_overrides = {_flag(rules.blank_overrides)}"
    yield f"abstain = {_flag(rules.abstain)}"
    quorum = rules.quorum
    if quorum is None:
        yield 'quorum = "none"'
    else:
        parts = (
            f"fraction = {text_in_toml(fraction_text(quorum.fraction))}",
            f"relation = {text_in_toml(quorum.relation)}",
            f"by = {text_in_toml(quorum.by)}",
            f"deemed = {_flag(quorum.deemed)}",
        )
        yield f"quorum = {{ {', '.join(parts)} }}"
    yield f"objections = {_brake(rules.objections)}"
    yield f"requires = {_requires(rules.requires)}"
    if rules.clauses:
        yield ""
        yield "[rules.clauses]"
        yield from (f"{name} = {text_in_toml(clause)}" for name, clause in rules.clauses.items())


def _motion(motion: Motion) -> Iterator[str]:
    yield f"number = {motion.number}"
    yield f"title = {text_in_toml(motion.title)}"
    if motion.kind is not MotionKind.MOTION:
        yield f"kind = {text_in_toml(motion.kind)}"
    if motion.depends_on:
        yield f"depends_on = [{', '.join(map(str, motion.depends_on))}]"
    if motion.requires is not None:
        yield f"requires = {_requires(motion.requires)}"
    if motion.non_submission is not None:
        yield f"non_submission = {text_in_toml(motion.non_submission)}"
    if motion.barred:
        yield f"barred = {texts_in_toml(motion.barred)}"
    if motion.objections is not None:
        yield f"objections = {_brake(motion.objections)}"
    if motion.method is not None:
        yield f"method = {text_in_toml(motion.method)}"
    if motion.seats is not None:
        yield f"seats = {motion.seats}"
    if motion.candidates:
        yield f"candidates = {texts_in_toml(motion.candidates)}"
    for paper in motion.documents:
        yield f"# document: {text_in_toml(paper.name)} sha256 {paper.sha256}"


def _requires(tests: tuple[Threshold, ...]) -> str:
    return "[" + ", ".join(map(_test, tests)) + "]"


def _test(test: Threshold) -> str:
    parts = [f"count = {text_in_toml(test.count)}", f"relation = {text_in_toml(test.relation)}"]
    parts += [f"fraction = {text_in_toml(fraction_text(test.fraction))}", f"of = {text_in_toml(test.of)}"]
    parts += [f"by = {text_in_toml(test.by)}"] if test.by is not Unit.VOTES else []
    parts += [f"category = {text_in_toml(test.category)}"] if test.category is not None else []
    return f"{{ {', '.join(parts)} }}"


def _brake(brake: Objections | None) -> str:
    if brake is None:
        return '"none"'
    if brake.count is not None:
        return f"{{ count = {brake.count} }}"
    return (
        "{ }" if brake.fraction is None else f"{{ fraction = {text_in_toml(fraction_text(brake.fraction))} }}"
    )


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _instant(at: datetime) -> str:
    return at.astimezone(_JAPAN).isoformat()
