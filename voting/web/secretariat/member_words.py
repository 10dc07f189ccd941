"""What stands in the fields of a member, in words."""

from datetime import date

from flask import request

from voting.core.japanese_dates import wareki
from voting.core.members import Member
from voting.core.postal import FIELDS as POSTAL
from voting.core.postal import beside_postal, postal
from voting.core.votes import votes_text
from voting.web.languages import language
from voting.web.member_fields import FIELDS, label


def day_words(day: date | None) -> str:
    """A day as the visitor's language writes it; empty for none."""
    if day is None:
        return ""
    return wareki(day, weekday=False) if language() == "ja" else day.isoformat()


def shown(member: Member | None, field: str) -> str:
    """What stands in a field of a member; a dash where there is nothing."""
    if member is None:
        return "–"
    value = getattr(postal(member) if field in POSTAL else member, field)
    if field == "votes":
        return votes_text(value)
    if field in ("joined", "left"):
        return day_words(value) or "–"
    if field == "addresses":
        return "\n".join(value) or "–"
    if field == "other":
        return "\n".join(f"{heading}: {text}" for heading, text in beside_postal(member)) or "–"
    return str(value) or "–"


def facts_of(member: Member) -> tuple[tuple[str, str], ...]:
    """Every field of a member that has something in it: (label, text)."""
    pairs = ((label(field), shown(member, field)) for field in FIELDS)
    return tuple((name, text) for name, text in pairs if text != "–")


def differences(
    before: Member | None, after: Member, columns: tuple[str, ...]
) -> tuple[tuple[str, str, str], ...]:
    """(label, before, after) of each field that is not the same."""
    # Address and FAX are kept among the other columns, and told apart from them here.
    parts = [part for each in columns for part in ((*POSTAL, each) if each == "other" else (each,))]
    rows = tuple((label(each), shown(before, each), shown(after, each)) for each in parts)
    return tuple(each for each in rows if each[1] != each[2]) or rows


def number() -> str:
    """The member number in the address: it may hold any character, so it is no part of the path."""
    return request.args.get("number", "")
