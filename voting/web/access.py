"""Who may open what: every view says it, and the program does not start with one that does not.

An officer's view names an act of core.permissions, or the office as a whole.  The verb it calls asks again:
this table keeps people from pages they could do nothing on.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from flask import Flask

from voting.core.errors import Broken
from voting.core.permissions import ALLOWED, TWO_PERSONS, Act, Role

View = Callable[..., Any]
_MARK = "access-rule"


class Audience(StrEnum):
    PUBLIC = "public"  # anybody
    WITNESS = "witness"  # who brings a signature of its own: no cookie, so no form's token
    MEMBER = "member"  # who has opened a ballot with its code
    SIGNING_IN = "signing-in"  # an officer who has given the password, and not yet the second factor
    OFFICE = "office"  # any officer, with both


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may open a view.

    Shape   ``name`` is the audience or the act; ``roles`` those of the officers it is for; with
            ``steps_up`` the second factor has to have been given some minutes ago; ``largest`` is the
            size in bytes of a form, where it takes more than others; ``megabytes`` of files that
            people are told, less than ``largest``: None where no file is taken.
    """

    name: str
    audience: Audience
    roles: frozenset[Role] = frozenset()
    steps_up: bool = False
    largest: int | None = None
    megabytes: int | None = None


def access(
    asked: Audience | Act,
    *,
    proposing: bool = False,
    steps_up: bool = False,
    largest: int | None = None,
    megabytes: int | None = None,
) -> Callable[[View], View]:
    """Mark a view with who may open it; *proposing*: those who may propose an act that needs two persons."""
    rule = replace(_rule(asked, proposing=proposing), steps_up=steps_up, largest=largest, megabytes=megabytes)

    def mark(view: View) -> View:
        view.__dict__[_MARK] = rule
        return view

    return mark


def rule_of(view: View | None) -> Rule | None:
    """The mark of a view; None where it has none."""
    found = None if view is None else view.__dict__.get(_MARK)
    return found if isinstance(found, Rule) else None


def access_table(app: Flask) -> tuple[tuple[str, str, str], ...]:
    """Methods, address and rule of everything that can be asked for, in the order of addresses.

    Raises  Broken where a view has no mark.
    """
    rows = []
    for rule in app.url_map.iter_rules():
        marked = rule_of(app.view_functions[rule.endpoint])
        if marked is None:
            raise Broken(f"{rule.rule} does not say who may open it")
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        rows.append((methods, rule.rule, marked.name))
    return tuple(sorted(rows, key=lambda row: (row[1], row[0])))


def _rule(asked: Audience | Act, *, proposing: bool) -> Rule:
    if isinstance(asked, Audience):
        roles = frozenset(Role) if asked is Audience.OFFICE else frozenset[Role]()
        return Rule(asked.value, asked, roles)
    if proposing:
        return Rule(f"{asked.value}, first", Audience.OFFICE, TWO_PERSONS[asked].first)
    return Rule(asked.value, Audience.OFFICE, ALLOWED[asked])
