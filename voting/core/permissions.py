"""Who may do what: one table, read by the first line of every verb.

Source  product.md P2.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar

from voting.core.errors import Refusal


class Role(StrEnum):
    """What an officer is to the assembly."""

    ADMINISTRATOR = "administrator"  # 事務局管理者
    ENTRY = "entry"  # 入力担当
    CHECKER = "checker"  # 確認担当
    CHAIR = "chair"  # 議長・共同代表
    AUDITOR = "auditor"  # 監事・立会人


class Act(StrEnum):
    """One privileged thing an officer does.

    There is none for seeing a choice before the close: no role may (product.md P2).  Who types or checks
    a paper sees that paper, which is ``enter-paper``.
    """

    MANAGE_ACCOUNTS = "manage-accounts"
    RECOVER_ACCOUNT = "recover-account"
    EDIT_ROLL = "edit-roll"
    READ_ROLL = "read-roll"
    ASK_MEMBERS = "ask-members"
    DRAFT = "draft"
    FREEZE = "freeze"
    SEND = "send"
    EXTEND = "extend"
    AMEND = "amend"
    REISSUE = "reissue"
    READ_PARTICIPATION = "read-participation"
    REGISTER_PAPER = "register-paper"
    ENTER_PAPER = "enter-paper"
    RECORD_FACT = "record-fact"
    CLOSE = "close"
    COUNT = "count"
    CERTIFY = "certify"
    CORRECT = "correct"
    SIGN_MINUTES = "sign-minutes"
    RECORD_INCIDENT = "record-incident"
    PUBLISH = "publish"
    READ_NAMES = "read-names"
    ERASE = "erase"


_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_EVERYBODY = frozenset(Role)
_OFFICE = frozenset({Role.ADMINISTRATOR, Role.ENTRY, Role.CHECKER})
_PREPARING = frozenset({Role.ADMINISTRATOR, Role.CHECKER})
_RECORDING = frozenset({Role.ADMINISTRATOR, Role.CHAIR})
_CERTIFYING = frozenset({Role.CHAIR, Role.AUDITOR})
_ERASING = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})

# In the order of an assembly's life; docs/office.md prints the table, and a test compares the two.
ALLOWED: Mapping[Act, frozenset[Role]] = MappingProxyType(
    {
        Act.MANAGE_ACCOUNTS: _ADMINISTRATOR,
        Act.RECOVER_ACCOUNT: _ADMINISTRATOR,
        Act.EDIT_ROLL: _ADMINISTRATOR,
        Act.READ_ROLL: _EVERYBODY,
        Act.ASK_MEMBERS: _PREPARING,
        Act.DRAFT: _ADMINISTRATOR,
        Act.FREEZE: _PREPARING,
        Act.SEND: _PREPARING,
        Act.EXTEND: _PREPARING,
        Act.AMEND: _PREPARING,
        Act.REISSUE: _PREPARING,
        Act.READ_PARTICIPATION: _EVERYBODY,
        Act.REGISTER_PAPER: _OFFICE,
        Act.ENTER_PAPER: _OFFICE,
        Act.RECORD_FACT: _RECORDING,
        Act.CLOSE: _ADMINISTRATOR,
        Act.COUNT: _ADMINISTRATOR,
        Act.CERTIFY: _CERTIFYING,
        Act.CORRECT: _CERTIFYING,
        Act.SIGN_MINUTES: _CERTIFYING,
        Act.RECORD_INCIDENT: _ADMINISTRATOR,
        Act.PUBLISH: _ADMINISTRATOR,
        # The chair's column says "by disclosure": see may_read_names.
        Act.READ_NAMES: frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
        Act.ERASE: _ERASING,
    }
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Who may propose an act, and who may give the second approval that performs it."""

    first: frozenset[Role]
    second: frozenset[Role]


# Acts that need two persons.  Paper is entered twice instead of approved: both sides are alike.
TWO_PERSONS: Mapping[Act, Sides] = MappingProxyType(
    {
        Act.RECOVER_ACCOUNT: Sides(_EVERYBODY, _ADMINISTRATOR),
        Act.ASK_MEMBERS: Sides(_ADMINISTRATOR, _PREPARING),
        Act.FREEZE: Sides(_ADMINISTRATOR, _PREPARING),
        Act.SEND: Sides(_ADMINISTRATOR, _PREPARING),
        Act.EXTEND: Sides(_ADMINISTRATOR, _PREPARING),
        Act.AMEND: Sides(_ADMINISTRATOR, _PREPARING),
        Act.REISSUE: Sides(_ADMINISTRATOR, _PREPARING),
        Act.ENTER_PAPER: Sides(_OFFICE, _OFFICE),
        # Ledger L3 wants two persons for every fact; a decision of the chair needs the chair among them.
        Act.RECORD_FACT: Sides(_RECORDING, _RECORDING),
        Act.CERTIFY: Sides(frozenset({Role.CHAIR}), frozenset({Role.AUDITOR})),
        Act.CORRECT: Sides(frozenset({Role.CHAIR}), frozenset({Role.AUDITOR})),
        Act.SIGN_MINUTES: Sides(frozenset({Role.CHAIR}), frozenset({Role.AUDITOR})),
        # What an auditor could still look at is gone afterwards: none is erased without one.
        Act.ERASE: Sides(_ADMINISTRATOR, frozenset({Role.AUDITOR})),
    }
)


def may_read_names(role: Role, disclosure: str) -> bool:
    """Whether, after the close, *role* sees how each named member voted.

    Shape   *disclosure* is L0 (names published), L1 or L2, as in ledger L7.
    """
    return role in ALLOWED[Act.READ_NAMES] or (role is Role.CHAIR and disclosure == "L0")


@dataclass(frozen=True, slots=True)
class Officer:
    """A person acting for the secretariat, the chair or the auditors."""

    id: str
    name: str
    role: Role


@dataclass(eq=False)
class NotAllowed(Refusal):
    """This officer's role does not include the act.  Shape: ``allowed`` are the roles that do."""

    code: ClassVar[str] = "not-allowed"
    officer: str
    role: Role
    act: Act
    allowed: tuple[Role, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.allowed = _in_order(ALLOWED[self.act])


@dataclass(eq=False)
class NotOnThatSide(NotAllowed):
    """As ``NotAllowed``, of an act that one role proposes and another approves."""

    code: ClassVar[str] = "not-on-that-side"
    first: tuple[Role, ...] = field(init=False)
    second: tuple[Role, ...] = field(init=False)

    def __post_init__(self) -> None:
        NotAllowed.__post_init__(self)
        sides = TWO_PERSONS[self.act]
        self.first, self.second = _in_order(sides.first), _in_order(sides.second)


def not_allowed(who: Officer, act: Act) -> NotAllowed:
    """Says who may do *act*, so that the officer knows whom to ask."""
    sides = TWO_PERSONS.get(act)
    kind = NotAllowed if sides is None or sides.first == sides.second else NotOnThatSide
    return kind(who.id, who.role, act)


def require(who: Officer, act: Act) -> None:
    """Stop unless *who* may do *act*.  Raises: NotAllowed."""
    if who.role not in ALLOWED[act]:
        raise not_allowed(who, act)


def require_side(who: Officer, act: Act, *, second: bool) -> None:
    """Stop unless *who* may propose *act*, or with *second* approve it.  Raises: NotAllowed."""
    sides = TWO_PERSONS.get(act)
    if sides is None or who.role not in (sides.second if second else sides.first):
        raise not_allowed(who, act)


def _in_order(roles: frozenset[Role]) -> tuple[Role, ...]:
    return tuple(each for each in Role if each in roles)
