"""What a form of the office says, and what is wrong with it."""

from dataclasses import dataclass

from flask import request

from voting.core.errors import Refusal
from voting.i18n import sentence
from voting.web.languages import language, say


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend.  Shape: ``field`` is the id of the control, ``text`` a sentence in words."""

    field: str
    text: str


def fault(field: str, marked: str, /, **values: object) -> Fault:
    """A fault in the words of the catalogue.  Shape: *marked* by N_."""
    return Fault(field, say(marked, **values))


def refused(field: str, refusal: Refusal) -> Fault:
    """What a verb refused, beside the control that can mend it."""
    return Fault(field, sentence(refusal, language()))


def text(name: str) -> str:
    """A line as typed, without blanks around it; empty where it is missing."""
    return request.form.get(name, "").strip()
