"""Who may do what: one table, read by the first line of every verb.

Source  product.md P2.
"""

from collections.abc import Mapping
from dataclasses import dataclass
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
    """One privileged thing an officer does."""

    EDIT_ROLL = "edit-roll"
    READ_ROLL = "read-roll"
    DRAFT = "draft"
    FREEZE = "freeze"
    SEND = "send"
    REGISTER_PAPER = "register-paper"
    ENTER_PAPER = "enter-paper"
    RECORD_FACT = "record-fact"
    CLOSE = "close"
    COUNT = "count"
    CERTIFY = "certify"
    CORRECT = "correct"
    RECORD_INCIDENT = "record-incident"


_EVERYBODY = frozenset(Role)
_OFFICE = frozenset({Role.ADMINISTRATOR, Role.ENTRY, Role.CHECKER})

ALLOWED: Mapping[Act, frozenset[Role]] = MappingProxyType(
    {
        Act.EDIT_ROLL: frozenset({Role.ADMINISTRATOR}),
        Act.READ_ROLL: _EVERYBODY,
        Act.DRAFT: frozenset({Role.ADMINISTRATOR}),
        Act.FREEZE: frozenset({Role.ADMINISTRATOR, Role.CHECKER}),
        Act.SEND: frozenset({Role.ADMINISTRATOR, Role.CHECKER}),
        Act.REGISTER_PAPER: _OFFICE,
        Act.ENTER_PAPER: _OFFICE,
        Act.RECORD_FACT: frozenset({Role.ADMINISTRATOR, Role.CHAIR}),
        Act.CLOSE: frozenset({Role.ADMINISTRATOR}),
        Act.COUNT: frozenset({Role.ADMINISTRATOR}),
        Act.CERTIFY: frozenset({Role.CHAIR, Role.AUDITOR}),
        Act.CORRECT: frozenset({Role.CHAIR, Role.AUDITOR}),
        Act.RECORD_INCIDENT: frozenset({Role.ADMINISTRATOR}),
    }
)

# Acts that need two persons: who may propose, who may give the second approval that performs it.
TWO_PERSONS: Mapping[Act, tuple[frozenset[Role], frozenset[Role]]] = MappingProxyType(
    {
        Act.FREEZE: (frozenset({Role.ADMINISTRATOR}), frozenset({Role.ADMINISTRATOR, Role.CHECKER})),
        Act.SEND: (frozenset({Role.ADMINISTRATOR}), frozenset({Role.ADMINISTRATOR, Role.CHECKER})),
        Act.CERTIFY: (frozenset({Role.CHAIR}), frozenset({Role.AUDITOR})),
        Act.CORRECT: (frozenset({Role.CHAIR}), frozenset({Role.AUDITOR})),
    }
)


@dataclass(frozen=True, slots=True)
class Officer:
    """A person acting for the secretariat, the chair or the auditors."""

    id: str
    name: str
    role: Role


@dataclass(eq=False)
class NotAllowed(Refusal):
    """This officer's role does not include the act."""

    code: ClassVar[str] = "not-allowed"
    officer: str
    role: Role
    act: Act


def require(who: Officer, act: Act) -> None:
    """Stop unless *who* may do *act*.  Raises: NotAllowed."""
    if who.role not in ALLOWED[act]:
        raise NotAllowed(who.id, who.role, act)
