"""What a member types into a form beside its marks: lines, longer texts, and the key of the form itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from voting.core.printable import is_printable, is_seen

Form = MultiDict[str, str]

LONGEST_LINE = 100
_REQUEST_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FormFault:
    """One thing to mend.  Shape: ``target`` is the id of the control; ``about`` the motion or candidate."""

    field: str
    target: str
    reason: str
    about: str = ""


def read_request_key(form: Form) -> bytes | None:
    """The request key that a page gave out with its form; None where there is none such."""
    text = form.get("request_key", "")
    return bytes.fromhex(text) if _REQUEST_KEY.fullmatch(text) else None


def typed(form: Form, name: str) -> str:
    return form.get(name, "").replace("\r\n", "\n").strip()


def line_faults(name: str, text: str) -> Iterator[FormFault]:
    """Of a line that has to be filled in."""
    if not is_seen(text):
        yield FormFault(name, name, "empty")
    elif "\n" in text:
        yield FormFault(name, name, "unprintable")
    yield from text_faults(name, text, LONGEST_LINE)


def text_faults(name: str, text: str, longest: int) -> Iterator[FormFault]:
    """Of a text that may be empty."""
    if len(text) > longest:
        yield FormFault(name, name, "long", str(longest))
    if not is_printable(text):
        yield FormFault(name, name, "unprintable")
