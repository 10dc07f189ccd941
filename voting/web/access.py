"""Who may open what: every view says it, and the program does not start with one that does not.

This is about audiences.  What an officer may do is decided by the verb it calls (core.permissions).
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from flask import Flask

from voting.core.errors import Broken

View = Callable[..., Any]
_MARK = "audience"


class Audience(StrEnum):
    PUBLIC = "public"  # anybody
    WITNESS = "witness"  # who brings a signature of its own: no cookie, so no form's token
    MEMBER = "member"  # who has opened a ballot with its code


def access(audience: Audience) -> Callable[[View], View]:
    """Mark a view with who may open it."""

    def mark(view: View) -> View:
        view.__dict__[_MARK] = audience
        return view

    return mark


def audience_of(view: View | None) -> Audience | None:
    """The mark of a view; None where it has none."""
    found = None if view is None else view.__dict__.get(_MARK)
    return found if isinstance(found, Audience) else None


def access_table(app: Flask) -> tuple[tuple[str, str, str], ...]:
    """Methods, address and audience of everything that can be asked for, in the order of addresses.

    Raises  Broken where a view has no mark.
    """
    rows = []
    for rule in app.url_map.iter_rules():
        audience = audience_of(app.view_functions[rule.endpoint])
        if audience is None:
            raise Broken(f"{rule.rule} does not say who may open it")
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        rows.append((methods, rule.rule, audience.value))
    return tuple(sorted(rows, key=lambda row: (row[1], row[0])))
