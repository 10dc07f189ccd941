"""One motion in the fields of a form, and back."""

import re

from werkzeug.datastructures import MultiDict

from voting.core.docket import Docket
from voting.core.drafting import next_number
from voting.core.motions import Method, Motion, MotionKind
from voting.core.rules import NonSubmission
from voting.web.languages import N_
from voting.web.secretariat.forms import fault
from voting.web.secretariat.rules_form import (
    Reading,
    brake_values,
    read_brake,
    read_requires,
    requires_values,
)

LONGEST_TITLE = 300
_BETWEEN = re.compile(r"[\s,、，;；]+")


def motion_values(docket: Docket, motion: Motion | None, text: str) -> dict[str, str]:
    """The fields of the form for *motion*, or for a new one."""
    found = motion or Motion(next_number(docket), "")
    silence = found.non_submission
    return {
        "number": str(found.number),
        "motion_title": found.title,
        "text": text,
        "kind": found.kind.value,
        "depends_on": " ".join(map(str, found.depends_on)),
        "barred": " ".join(found.barred),
        "non_submission": "" if silence is None else silence.value,
        "method": (found.method or Method.CONFIDENCE).value,
        "seats": "" if found.seats is None else str(found.seats),
        "candidates": "\n".join(found.candidates),
        **requires_values(found.requires),
        **brake_values(found.objections),
    }


def typed_motion(form: MultiDict[str, str], now: dict[str, str]) -> dict[str, str]:
    """The fields as typed; the conditions are boxes that were ticked."""
    values = now | dict(form.items())
    return values | {"depends_on": " ".join(form.getlist("depends_on"))}


def read_motion(reading: Reading) -> Motion:
    """The motion in the form, without its papers; what is wrong stands in ``reading.faults``."""
    number, title = reading.number("number"), reading.text("motion_title")
    if not 0 < len(title) <= LONGEST_TITLE:
        reading.faults.append(fault("motion_title", N_("件名を300文字以内で入力してください。")))
    silence = reading.text("non_submission")
    election = reading.word("kind", MotionKind, MotionKind.MOTION) is MotionKind.ELECTION
    return Motion(
        number=number or 1,
        title=title,
        kind=MotionKind.ELECTION if election else MotionKind.MOTION,
        depends_on=tuple(int(each) for each in reading.text("depends_on").split() if _is_number(each)),
        requires=read_requires(reading),
        non_submission=reading.word("non_submission", NonSubmission, NonSubmission.NOT_COUNTED)
        if silence
        else None,
        barred=tuple(each for each in _BETWEEN.split(reading.values.get("barred", "")) if each),
        objections=read_brake(reading),
        method=reading.word("method", Method, Method.CONFIDENCE) if election else None,
        seats=reading.number("seats") if election else None,
        candidates=_names(reading) if election else (),
    )


def _names(reading: Reading) -> tuple[str, ...]:
    lines = reading.values.get("candidates", "").splitlines()
    names = tuple(each.strip() for each in lines if each.strip())
    if not names:
        reading.faults.append(fault("candidates", N_("候補者を1行に一人ずつ入力してください。")))
    return names


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 15
