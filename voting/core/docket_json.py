"""A docket as the plain values of docket.json (ledger L8), and back.

Reading is strict: what was read writes back to the same values, so one docket has one form and one hash.
Nothing here judges a docket; ``checks`` does.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from voting.core.docket import Docket
from voting.core.docket_reading import FORMAT, UnreadableDocket, read_docket
from voting.core.errors import Broken
from voting.core.motions import DocumentRef, Motion, MotionKind
from voting.core.result_json import Json, threshold_json
from voting.core.rules import Objections, Rules, fraction_text

__all__ = ["FORMAT", "UnreadableDocket", "docket_from_json", "docket_json", "instant_text"]


def docket_json(docket: Docket, barred: Callable[[str], str] = str) -> dict[str, Json]:
    """docket.json of *docket*.

    Shape   *barred* names a barred member in public, as its commitment; a working copy keeps the number.
            Every setting is written out but clauses, of which those that were given, and what only some
            dockets have: chair, documents of no motion, and a motion's own settings.
    Units   instants in UTC to the millisecond (``checks`` refuses finer ones).
    """
    schedule, chair = docket.assembly.schedule, docket.assembly.chair
    assembly: dict[str, Json] = {
        "closes_at": instant_text(schedule.closes_at),
        "opens_at": instant_text(schedule.opens_at),
        "record_date": schedule.record_date.isoformat(),
        "title": docket.assembly.title,
    }
    if chair is not None:
        assembly["chair"] = chair
    body: dict[str, Json] = {
        "assembly": assembly,
        "body": {"kind": docket.body.kind.value, "name": docket.body.name},
        "format": FORMAT,
        "motions": [_motion_json(motion, barred) for motion in docket.motions],
        "rules": _rules_json(docket.rules),
    }
    if docket.documents:
        body["documents"] = _documents_json(docket.documents)
    return body


def docket_from_json(value: object, members: Mapping[str, str] | None = None) -> Docket:
    """The docket that ``docket_json`` writes as *value*.

    Shape   *members* gives the member number for each name of a barred member (its commitment); without
            it the names stand as they are. A name it does not know keeps the docket from being read.
    Raises  UnreadableDocket for anything ``docket_json`` would not have written, to the last key.
    """
    docket = read_docket(value, members)
    public = {member_id: name for name, member_id in (members or {}).items()}
    if docket_json(docket, lambda member_id: public.get(member_id, member_id)) != value:
        raise UnreadableDocket("")
    return docket


def instant_text(instant: datetime) -> str:
    """An aware instant as ``YYYY-MM-DDTHH:MM:SS.mmmZ``.  Raises: Broken for one without a zone."""
    if instant.utcoffset() is None:
        raise Broken("an instant without a zone")
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def _rules_json(rules: Rules) -> dict[str, Json]:
    quorum = rules.quorum
    return {
        "non_submission": rules.non_submission.value,
        "blank": rules.blank.value,
        "both_marked": rules.both_marked.value,
        "duplicates": rules.duplicates.value,
        "blank_overrides": rules.blank_overrides,
        "late": rules.late.value,
        "undelivered": rules.undelivered.value,
        "quorum": None
        if quorum is None
        else {
            "fraction": fraction_text(quorum.fraction),
            "relation": quorum.relation.value,
            "by": quorum.by.value,
            "deemed": quorum.deemed,
        },
        "requires": [threshold_json(test) for test in rules.requires],
        "tie": rules.tie.value,
        "objections": _objections_json(rules.objections),
        "abstain": rules.abstain,
        "clauses": dict(rules.clauses),
        "preset": rules.preset,
    }


def _objections_json(brake: Objections | None) -> Json:
    if brake is None:
        return None
    given: dict[str, Json] = {}
    if brake.count is not None:
        given["count"] = brake.count
    if brake.fraction is not None:
        given["fraction"] = fraction_text(brake.fraction)
    return given


def _documents_json(documents: tuple[DocumentRef, ...]) -> list[Json]:
    return [{"name": each.name, "sha256": each.sha256} for each in documents]


def _motion_json(motion: Motion, barred: Callable[[str], str]) -> dict[str, Json]:
    body: dict[str, Json] = {
        "number": motion.number,
        "title": motion.title,
        "documents": _documents_json(motion.documents),
    }
    own: dict[str, Json] = {
        "depends_on": list(motion.depends_on) or None,
        "requires": None if motion.requires is None else [threshold_json(test) for test in motion.requires],
        "non_submission": None if motion.non_submission is None else motion.non_submission.value,
        "barred": [barred(member_id) for member_id in motion.barred] or None,
        "objections": _objections_json(motion.objections),
        "kind": None if motion.kind is MotionKind.MOTION else motion.kind.value,
        "method": None if motion.method is None else motion.method.value,
        "seats": motion.seats,
        "candidates": list(motion.candidates) or None,
    }
    return body | {name: value for name, value in own.items() if value is not None}
