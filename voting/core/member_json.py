"""A member as plain values, for canonical JSON: what a digest is taken of, and what the history keeps."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from voting.core.members import Member

_DAYS = ("joined", "left")


def member_json(member: Member) -> dict[str, object]:
    """Every field by its name.  Units: votes in millionths, days as ``YYYY-MM-DD``."""
    found = {field.name: getattr(member, field.name) for field in fields(Member)}
    for name in _DAYS:
        found[name] = None if found[name] is None else found[name].isoformat()
    found["addresses"] = list(member.addresses)
    found["other"] = [list(pair) for pair in member.other]
    return found


def member_from_json(found: Mapping[str, Any]) -> Member:
    """The member that ``member_json`` has made *found* of."""
    days = {name: None if found[name] is None else date.fromisoformat(found[name]) for name in _DAYS}
    lists = {
        "addresses": tuple(found["addresses"]),
        "other": tuple((heading, text) for heading, text in found["other"]),
    }
    return Member(**{**found, **days, **lists})
