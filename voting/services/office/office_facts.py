"""What a second person is asked to approve, put in order for the page: read from the very document.

A new act with two persons: its facts here, a template of its name in secretariat/waiting/facts/.  An act
without either is shown by its document alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from voting.core.docket_json import docket_from_json
from voting.core.members import Roll, RollEntry
from voting.core.permissions import Act
from voting.core.votes import parse_votes
from voting.ledger import canonical
from voting.ledger.canonical import parse_instant
from voting.services.outcome import certifying, closing
from voting.services.outcome.correctable import Subject, subjects
from voting.services.period import errata, reminders, replies
from voting.services.period.kept_facts import decision_words
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording import (
    RuleCard,
    flag_notes,
    headline,
    motion_label,
    outcome_sentence,
    outcome_word,
    rule_card,
)


@dataclass(frozen=True, slots=True)
class FreezeFacts:
    """What a freeze fixes, in words.  Shape: motions as (label, title, documents as (name, digest))."""

    record_date: date
    opens_at: datetime
    closes_at: datetime
    chair: str
    contact: str
    checkpoint_mail: str
    card: RuleCard
    motions: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    roll: tuple[tuple[str, str, str, str], ...]
    addresses: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SendFacts:
    """What is sent, and to whom.  Shape: addresses as (member, its addresses …)."""

    base: str
    addresses: tuple[tuple[str, ...], ...]
    mails: int
    without_address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MotionFacts:
    """What was counted for one motion.  Shape: ``numbers`` one line a question."""

    label: str
    title: str
    numbers: tuple[str, ...]
    outcome: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """A result to be certified, or the one that takes its place.

    Shape   ``motions`` is empty where the count made now is another: then the document alone is shown;
            ``reason`` and ``corrects`` where it is a correction; ``confirmed`` is the sentence that the chair
            typed.
    """

    motions: tuple[MotionFacts, ...]
    flags: tuple[str, ...]
    reason: str
    corrects: Subject | None
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A letter to members as it will be sent.

    Shape   ``kind`` chooses the template; ``sha256`` (hex) of the replies in it, empty for another letter.
    """

    kind: str
    mail: str
    text: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """A change after the freeze.

    Shape   ``kind`` is period, texts or erratum; ``lines`` what changes, in sentences; ``papers`` as
            (name, digest), those that come.
    """

    kind: str
    lines: tuple[str, ...]
    reason: str
    papers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReissueFacts:
    """A code that would go to a new address.  Shape: ``known`` are the member's addresses of now."""

    member_id: str
    name: str
    address: str
    drop: str
    known: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class FactFacts:
    """A fact to be recorded.  Shape: ``about`` a member or a motion; ``value`` words, empty for a leaving."""

    what: str
    about: str
    at: datetime | None
    value: str


# What the template of an act reads: one of the above, or the document as it is.
Facts = (
    FreezeFacts
    | SendFacts
    | LetterFacts
    | ChangeFacts
    | ReissueFacts
    | FactFacts
    | ResultFacts
    | Mapping[str, Any]
)


def facts(tx: Transaction, case: Case | None, act: Act, document: str) -> Facts:
    """What stands in *document*, put in order for the page of its act; nothing where it was erased."""
    if not document:
        return {}
    content: Any = canonical.decode(document.encode())
    if act is Act.FREEZE:
        return _freeze_facts(content["subject"])
    if act is Act.SEND and content["subject"].get("kind") in (reminders.KIND, replies.KIND):
        return _letter_facts(content["subject"])
    if act is Act.REISSUE:
        return _reissue_facts(content["subject"])
    if act is Act.RECORD_FACT and case is not None:
        return _fact_facts(case, content["subject"])
    if act in (Act.EXTEND, Act.AMEND):
        return _change_facts(content["subject"], content.get("terms", {}))
    if act is Act.SEND:
        return _send_facts(content["subject"])
    if act in (Act.CERTIFY, Act.CORRECT) and case is not None:
        terms = content.get("terms", {})
        return replace(
            _result_facts(tx, case, content["subject"]), confirmed=str(terms.get(certifying.CONFIRMED, ""))
        )
    return dict(content)


def _freeze_facts(subject: Any) -> FreezeFacts:
    docket = docket_from_json(subject["docket"])
    entries = tuple(tuple(str(part) for part in each) for each in subject["roll"])
    schedule = docket.assembly.schedule
    return FreezeFacts(
        record_date=schedule.record_date,
        opens_at=schedule.opens_at,
        closes_at=schedule.closes_at,
        chair=docket.assembly.chair or "",
        # A request of before these were fixed with the rest cannot be approved any more, but is still shown.
        contact=subject.get("contact", ""),
        checkpoint_mail=subject.get("checkpoint_mail", ""),
        card=rule_card(docket, _roll(entries)),
        motions=tuple(
            (
                motion_label(motion),
                motion.title,
                tuple((paper.name, paper.sha256) for paper in motion.documents),
            )
            for motion in docket.motions
        ),
        roll=tuple((each[0], each[1], each[2], each[3]) for each in entries),
        addresses=tuple(tuple(str(part) for part in each) for each in subject["addresses"]),
    )


def _roll(entries: tuple[tuple[str, ...], ...]) -> Roll:
    return Roll(tuple(RollEntry(each[0], each[1], parse_votes(each[2]), each[3]) for each in entries))


def _send_facts(subject: Any) -> SendFacts:
    addresses = tuple(tuple(str(part) for part in each) for each in subject["addresses"])
    return SendFacts(
        base=subject["base"],
        addresses=addresses,
        mails=sum(len(each) - 1 for each in addresses),
        without_address=tuple(each[0] for each in addresses if len(each) == 1),
    )


def _letter_facts(subject: Any) -> LetterFacts:
    return LetterFacts(subject["kind"], subject["mail"], subject["text"], subject.get("sha256", ""))


def _change_facts(subject: Any, terms: Any) -> ChangeFacts:
    papers = [(each["name"], each["sha256"]) for each in terms.get("documents", ())]
    if subject["kind"] == errata.KIND:
        papers = [(subject["name"], subject["sha256"])]
    return ChangeFacts(subject["kind"], tuple(subject.get("facts", ())), subject["reason"], tuple(papers))


def _reissue_facts(subject: Any) -> ReissueFacts:
    return ReissueFacts(
        member_id=subject["member"],
        name=subject["name"],
        address=subject["address"],
        drop=subject["drop"],
        known=tuple(subject["known"]),
        reason=subject["reason"],
    )


def _fact_facts(case: Case, subject: Any) -> FactFacts:
    if subject["what"] == "left":
        about = f"{subject['name']}({subject['member']})"
        return FactFacts("left", about, parse_instant(subject["at"]), "")
    number = subject["motion"]
    said = decision_words(subject["value"], case.docket, number)
    return FactFacts(subject["what"], f"第{number}号議案　{subject['title']}", None, said)


def _result_facts(tx: Transaction, case: Case, subject: Any) -> ResultFacts:
    counted = closing.recounted(tx, case) if "reason" in subject else closing.counted(tx, case)
    # The numbers are shown only where they are those of the document.
    is_it = counted.content.decode() == subject["result.json"]
    return ResultFacts(
        motions=motion_facts(counted) if is_it else (),
        flags=flag_notes(counted.case.docket, counted.result) if is_it else (),
        reason=str(subject.get("reason", "")),
        corrects=next((each for each in subjects(tx, case) if each.index == subject.get("of")), None),
    )


def motion_facts(counted: closing.Counted) -> tuple[MotionFacts, ...]:
    """What was counted, motion by motion."""
    docket = counted.case.docket
    found = []
    for result in counted.result.motions:
        motion = docket.motion(result.number)
        found.append(
            MotionFacts(
                label=motion_label(motion),
                title=motion.title,
                numbers=tuple(headline(result).split("\n")),
                outcome=outcome_word(result.outcome),
                sentence=outcome_sentence(docket, motion, result),
            )
        )
    return tuple(found)
