"""A form for one part of a draft: what stands in it, what is wrong, and what a colleague stored meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import request

from voting.core.drafting import MotionIsCondition, NumberTaken
from voting.core.errors import Refusal
from voting.services.drafting import drafts
from voting.services.drafting.drafts import Change, EditedMeanwhile
from voting.services.drafting.motion_texts import TextTooLong
from voting.services.faults import UnsoundDocket
from voting.web.languages import say
from voting.web.office import who
from voting.web.secretariat.forms import Fault
from voting.web.secretariat.plan_words import LABELS, told, value_words
from voting.web.site import site

# What a clerk can mend in the form; anything else is a page of its own.
_MENDABLE = (EditedMeanwhile, UnsoundDocket, NumberTaken, MotionIsCondition, TextTooLong)


@dataclass(frozen=True, slots=True)
class Form:
    """Shape: ``values`` by field; ``stored`` as (label, text): what is stored now where it differs."""

    values: Mapping[str, str]
    seen: str
    faults: tuple[Fault, ...] = ()
    stored: tuple[tuple[str, str], ...] = ()


def line(name: str) -> str:
    """A field as typed: one line, without blanks around it."""
    return " ".join(request.form.get(name, "").split())


def many(name: str) -> tuple[str, ...]:
    """The lines of a field, blank ones left out."""
    return tuple(each.strip() for each in request.form.get(name, "").splitlines() if each.strip())


def typed(names: Mapping[str, str]) -> dict[str, str]:
    """What was typed into the fields of *names*."""
    return {name: request.form.get(name, "") for name in names}


def save(origin: str, part: str, change: Change) -> Refusal | None:
    """Store a change; the answer is what keeps it from being stored, where the form can mend it."""
    try:
        drafts.revise(site().rt, who(), origin, part, change, shown=request.form.get("seen", ""))
    except _MENDABLE as refused:
        return refused
    return None


def again(
    refused: Refusal,
    values: Mapping[str, str],
    *,
    now: Mapping[str, str],
    seen: str,
    field_of: Callable[[str], str],
    first: str,
) -> Form:
    """The form once more, as typed, with what kept it from being stored.

    Shape   *now* is what is stored, *seen* its digest: saving once more prevails; *field_of* finds the field
            of a fault's place, *first* is the field of what has none.
    """
    if isinstance(refused, EditedMeanwhile):
        return Form(values, seen, (Fault(first, told(refused)),), _differences(values, now))
    if isinstance(refused, UnsoundDocket):
        places = [(str(getattr(each, "where", "")), told(each)) for each in refused.faults]
        faults = tuple(Fault(field_of(where), said) for where, said in places)
        return Form(values, request.form.get("seen", ""), faults)
    return Form(values, request.form.get("seen", ""), (Fault(first, told(refused)),))


def _differences(values: Mapping[str, str], now: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (say(LABELS[name]), value_words(name, stored))
        for name, stored in now.items()
        if name in LABELS and stored.split() != values.get(name, "").split()
    )
