"""An assembly written as an ASSEMBLY.toml that reads back to the same docket.  Source: count-interface.md.

Documents are files of their own and are not in it; a comment names them.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from voting.core.docket import Docket
from voting.core.motions import Motion, MotionKind
from voting.core.rules import Objections, Rules, Threshold, Unit, fraction_text

_JAPAN = timezone(timedelta(hours=9))
_DELETE = "\x7f"  # which JSON lets stand and TOML does not


def write_assembly(docket: Docket) -> str:
    """The file.  Units: instants in Japanese time."""
    lines = [*_head(docket), *_rules(docket.rules)]
    for motion in docket.motions:
        lines += ["", "[[motion]]", *_motion(motion)]
    return "\n".join(lines) + "\n"


def _head(docket: Docket) -> Iterator[str]:
    schedule, chair = docket.assembly.schedule, docket.assembly.chair
    yield "[body]"
    yield f"name = {_text(docket.body.name)}"
    yield f"kind = {_text(docket.body.kind)}"
    yield ""
    yield "[assembly]"
    yield f"title = {_text(docket.assembly.title)}"
    yield f"record_date = {schedule.record_date.isoformat()}"
    yield f"opens_at = {_instant(schedule.opens_at)}"
    yield f"closes_at = {_instant(schedule.closes_at)}"
    if chair is not None:
        yield f"chair = {_text(chair)}"
    yield ""


def _rules(rules: Rules) -> Iterator[str]:
    yield "[rules]"
    if rules.preset is not None:
        yield f"preset = {_text(rules.preset)}"
    for name in ("non_submission", "blank", "both_marked", "duplicates", "late", "undelivered", "tie"):
        yield f"{name} = {_text(getattr(rules, name))}"
    yield f"blank_overrides = {_flag(rules.blank_overrides)}"
    yield f"abstain = {_flag(rules.abstain)}"
    quorum = rules.quorum
    if quorum is None:
        yield 'quorum = "none"'
    else:
        parts = (
            f"fraction = {_text(fraction_text(quorum.fraction))}",
            f"relation = {_text(quorum.relation)}",
            f"by = {_text(quorum.by)}",
            f"deemed = {_flag(quorum.deemed)}",
        )
        yield f"quorum = {{ {', '.join(parts)} }}"
    yield f"objections = {_brake(rules.objections)}"
    yield f"requires = {_requires(rules.requires)}"
    if rules.clauses:
        yield ""
        yield "[rules.clauses]"
        yield from (f"{name} = {_text(clause)}" for name, clause in rules.clauses.items())


def _motion(motion: Motion) -> Iterator[str]:
    yield f"number = {motion.number}"
    yield f"title = {_text(motion.title)}"
    if motion.kind is not MotionKind.MOTION:
        yield f"kind = {_text(motion.kind)}"
    if motion.depends_on:
        yield f"depends_on = [{', '.join(map(str, motion.depends_on))}]"
    if motion.requires is not None:
        yield f"requires = {_requires(motion.requires)}"
    if motion.non_submission is not None:
        yield f"non_submission = {_text(motion.non_submission)}"
    if motion.barred:
        yield f"barred = {_texts(motion.barred)}"
    if motion.objections is not None:
        yield f"objections = {_brake(motion.objections)}"
    if motion.method is not None:
        yield f"method = {_text(motion.method)}"
    if motion.seats is not None:
        yield f"seats = {motion.seats}"
    if motion.candidates:
        yield f"candidates = {_texts(motion.candidates)}"
    for paper in motion.documents:
        yield f"# document: {_text(paper.name)} sha256 {paper.sha256}"


def _requires(tests: tuple[Threshold, ...]) -> str:
    return "[" + ", ".join(map(_test, tests)) + "]"


def _test(test: Threshold) -> str:
    parts = [f"count = {_text(test.count)}", f"relation = {_text(test.relation)}"]
    parts += [f"fraction = {_text(fraction_text(test.fraction))}", f"of = {_text(test.of)}"]
    parts += [f"by = {_text(test.by)}"] if test.by is not Unit.VOTES else []
    parts += [f"category = {_text(test.category)}"] if test.category is not None else []
    return f"{{ {', '.join(parts)} }}"


def _brake(brake: Objections | None) -> str:
    if brake is None:
        return '"none"'
    if brake.count is not None:
        return f"{{ count = {brake.count} }}"
    return "{ }" if brake.fraction is None else f"{{ fraction = {_text(fraction_text(brake.fraction))} }}"


def _texts(texts: tuple[str, ...]) -> str:
    return "[" + ", ".join(map(_text, texts)) + "]"


def _text(text: str) -> str:
    """A basic string: JSON writes strings in a form that TOML reads."""
    return json.dumps(str(text), ensure_ascii=False).replace(_DELETE, "\\u007f")


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _instant(at: datetime) -> str:
    return at.astimezone(_JAPAN).isoformat()
