"""Proxies to the chair: whether they are taken, and which decisions of the chair they still wait for."""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.motions import Method, Motion
from voting.core.rules import NonSubmission
from voting.services.printing.letterheads import letterhead_of
from voting.store import ballots, papers, roll
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording import motion_label


@dataclass(eq=False)
class ProxyNotAllowed(Refusal):
    """Nothing says that members may name the chair; such a form is entered with its defect."""

    code: ClassVar[str] = "proxy-not-allowed"


def clause(tx: Transaction, case: Case) -> str:
    """What allows a proxy to the chair; empty where nothing does.

    It is fixed when the ballots are issued, before any paper is taken.
    """
    allowed = letterhead_of(tx, case).proxies
    return allowed.clause if allowed.to_chair else ""


def require_allowed(tx: Transaction, case: Case) -> None:
    """Raises: ProxyNotAllowed."""
    if not clause(tx, case):
        raise ProxyNotAllowed


def decidable(tx: Transaction, case: Case) -> tuple[Motion, ...]:
    """The motions on which the chair can still decide for proxies, those deemed to be given too.

    All of them where proxies are allowed: one may still come when nothing can be recorded any more.
    """
    every = bool(clause(tx, case)) or _given(tx, case)
    return _undecided(tx, case, every=every)


def undecided(tx: Transaction, case: Case) -> tuple[str, ...]:
    """The motions, by label and title, on which what was given to the chair would abstain as things stand.

    Shape   nothing before the ballots are issued: the ledger takes no decision then.
    Source  rules R3: without a recorded decision a proxy abstains.
    """
    if case.issued_index is None:
        return ()
    found = _undecided(tx, case, every=_given(tx, case))
    return tuple(f"{motion_label(motion)} {motion.title}" for motion in found)


def _undecided(tx: Transaction, case: Case, *, every: bool) -> tuple[Motion, ...]:
    known = roll.facts_for_count(tx, case.id).chair
    return tuple(
        motion
        for motion in case.docket.motions
        if motion.number not in known and (every or _takes_silence(case, motion))
    )


def _takes_silence(case: Case, motion: Motion) -> bool:
    # Silence elects nobody by plurality, whatever the setting (rules R10).
    to_chair = case.docket.non_submission(motion) is NonSubmission.PROXY_TO_CHAIR
    return to_chair and motion.method is not Method.PLURALITY


def _given(tx: Transaction, case: Case) -> bool:
    """Whether any member has named the chair; also on a paper that one person has read so far."""
    sent = (each.ballot() for each in ballots.with_proxy(tx, case.id))
    if any("defect" not in ballot for ballot in sent):
        return True
    waiting = papers.all_readings(tx, case.id)
    read = (each.content for serial in papers.undisposed(tx, case.id) for each in waiting.get(serial, ()))
    return any(content.get("proxy") is True and not content.get("defect") for content in read)
