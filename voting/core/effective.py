"""What one member's answer, or silence, is worth on each question (rules R2 and R3).

Two steps. ``case_of`` looks at everything a member sent and at the facts about it, and tells its standing
in the whole assembly. ``place_of`` then tells, for one question, where that case is counted and where the
vote comes from. Nothing here adds anything up.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from voting.core.assembly import Phase, phase
from voting.core.ballots import NO_FACTS, Facts, Mark, Submission
from voting.core.docket import Docket
from voting.core.motions import Method
from voting.core.questions import Agenda, Question, Sheet, agenda, sheet
from voting.core.rules import Blank, BothMarked, Duplicates, NonSubmission, OutOfBase


class Side(StrEnum):
    """Where a member is counted on one question (rules R4)."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    INVALID = "invalid"
    LATE = "late"
    UNDELIVERED = "undelivered"
    LEFT = "left"
    BARRED = "barred"
    NOT_COUNTED = "not_counted"


class Provenance(StrEnum):
    """Where a vote for, against or in abstention comes from."""

    EXPRESSED = "expressed"
    PROXY = "proxy"
    BLANK = "blank"
    DEEMED = "deemed"


class Place(NamedTuple):
    """Shape: a provenance with for, against and abstain; None with every other side."""

    side: Side
    provenance: Provenance | None = None


class Standing(StrEnum):
    """What became of a member in the whole assembly, before any motion is looked at."""

    ANSWERED = "answered"
    LEFT = "left"
    LATE = "late"
    UNDELIVERED = "undelivered"
    VOID = "void"
    SILENT = "silent"


class Sent(NamedTuple):
    """What a member sent, as far as it tells its standing.

    Shape   ``submissions``: the effective one, then the earlier ones, latest first; those in time where the
            member answered, else the late ones. ``unreached`` as in ``Case``.
    """

    standing: Standing
    submissions: tuple[Submission, ...] = ()
    unreached: bool = False


class Case(NamedTuple):
    """Everything that decides a member's places, and nothing that does not; equal cases count alike.

    Shape   ``sheets``: the effective submission, then the earlier ones, latest first. They are those
            in time where the member answered, else the late ones (also of a member counted as silent).
            ``barred``: numbers of motions. ``unreached``: no submission at all, and no notice arrived.
    """

    standing: Standing
    sheets: tuple[Sheet, ...] = ()
    barred: tuple[int, ...] = ()
    unreached: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the only answers came too late, however they are treated."""
        return bool(self.sheets) and self.standing is not Standing.ANSWERED


_SIDES: Mapping[str, Side] = MappingProxyType(
    {"for": Side.FOR, "against": Side.AGAINST, "abstain": Side.ABSTAIN, "invalid": Side.INVALID}
)
_OUT: Mapping[Standing, Side] = MappingProxyType(
    {
        Standing.LEFT: Side.LEFT,
        Standing.LATE: Side.LATE,
        Standing.UNDELIVERED: Side.UNDELIVERED,
        # It has answered, on other texts: neither counted nor ever deemed.
        Standing.VOID: Side.NOT_COUNTED,
    }
)
INVALID = Place(Side.INVALID)


def received_order(submission: Submission) -> tuple[object, ...]:
    """The key that puts submissions in the order of receipt.

    Ties    at one instant web comes after paper, then the order of entry decides (rules R3).
    """
    return submission.received_at, not submission.channel.is_paper, submission.order


def effective_first(submissions: Iterable[Submission], duplicates: Duplicates) -> tuple[Submission, ...]:
    """The submission that counts, then those received before it, the latest first.

    Source  rules R3. Whatever the setting, only what came *before* the effective one may fill its blanks.
    """
    ordered = sorted(submissions, key=received_order)
    if duplicates is Duplicates.FIRST:
        return (ordered[0],)
    preferred = range(len(ordered))
    if duplicates in (Duplicates.WEB, Duplicates.PAPER):
        wants_paper = duplicates is Duplicates.PAPER
        preferred_channel = [i for i in preferred if ordered[i].channel.is_paper is wants_paper]
        return tuple(reversed(ordered[: (preferred_channel or preferred)[-1] + 1]))
    return tuple(reversed(ordered))


def standing_of(docket: Docket, member_id: str, submissions: Iterable[Submission], facts: Facts) -> Sent:
    """What became of one member on the roll.  Shape: *submissions* are all of this member, in any order.

    Source  rules R2, steps 3 to 7; ledger L3, amend, for answers on texts that were amended since.
            Step 2 (barred) is a matter of each motion: see ``place_of``.
    """
    rules, schedule = docket.rules, docket.assembly.schedule
    sent: dict[Phase, list[Submission]] = {each: [] for each in Phase}
    has_void = False
    for submission in submissions:
        if submission.is_void:
            has_void = True
            continue
        sent[phase(schedule, submission.received_at)].append(submission)
    # On a frozen roll nobody can have left before the record date, so every earlier instant is one of a
    # member that has left by now: its silence is never taken for consent.
    left = facts.left.get(member_id)
    if left is not None and phase(schedule, left) is not Phase.LATE:
        stands = [submission for submission in sent[Phase.OPEN] if submission.received_at < left]
        return Sent(Standing.ANSWERED if stands else Standing.LEFT, _in_order(docket, stands))
    if sent[Phase.OPEN]:
        return Sent(Standing.ANSWERED, _in_order(docket, sent[Phase.OPEN]))
    late = _in_order(docket, sent[Phase.LATE])
    if has_void and not (late and rules.late is OutOfBase.EXCLUDED):
        return Sent(Standing.VOID)
    if late:
        return Sent(Standing.LATE if rules.late is OutOfBase.EXCLUDED else Standing.SILENT, late)
    unreached = not sent[Phase.EARLY] and member_id in facts.undelivered
    if unreached and rules.undelivered is OutOfBase.EXCLUDED:
        return Sent(Standing.UNDELIVERED, (), unreached)
    return Sent(Standing.SILENT, (), unreached)


def _in_order(docket: Docket, submissions: list[Submission]) -> tuple[Submission, ...]:
    return effective_first(submissions, docket.rules.duplicates) if submissions else ()


def case_of(agenda: Agenda, member_id: str, submissions: Iterable[Submission], facts: Facts) -> Case:
    """The case of one member on the roll.  Shape and source: as ``standing_of``."""
    found = standing_of(agenda.docket, member_id, submissions, facts)
    sheets = tuple(sheet(agenda.docket.motions, each) for each in found.submissions)
    return Case(found.standing, sheets, agenda.barred.get(member_id, ()), found.unreached)


def place_of(question: Question, case: Case) -> Place:
    """Where *case* is counted on *question*, which is not one by plurality.  Source: rules R2."""
    if question.motion.number in case.barred:
        return Place(Side.BARRED)
    if case.standing is Standing.ANSWERED:
        return marked(question, case.sheets)
    if case.standing is Standing.SILENT:
        return _silence(question)
    return Place(_OUT[case.standing])


def marked(question: Question, sheets: tuple[Sheet, ...]) -> Place:
    """What the effective one of *sheets* says on *question*.  Source: rules R3."""
    answer, rules = sheets[0], question.rules
    if answer.defect:
        return INVALID
    if answer.proxy:
        return Place(_chairs_side(question), Provenance.PROXY)
    mark = answer.marks[question.slot]
    if mark is Mark.BOTH and rules.both_marked is BothMarked.INVALID:
        return INVALID
    for each in sheets if not rules.blank_overrides else sheets[:1]:
        mark = each.marks[question.slot]
        if not each.proxy and not each.defect and isinstance(mark, Mark) and mark.value in _SIDES:
            return Place(_SIDES[mark.value], Provenance.EXPRESSED)
    if rules.blank is Blank.INVALID:
        return INVALID
    return Place(_SIDES[rules.blank.value], Provenance.BLANK)


def mark_source(question: Question, sheets: tuple[Sheet, ...]) -> int:
    """Which of *sheets* an expressed mark is taken from; the first where the vote is no expressed one."""
    for place in range(len(sheets)):
        if marked(question, sheets[: place + 1]).provenance is Provenance.EXPRESSED:
            return place
    return 0


def _silence(question: Question) -> Place:
    if question.non_submission is NonSubmission.NOT_COUNTED:
        return Place(Side.NOT_COUNTED)
    if question.non_submission is NonSubmission.PROXY_TO_CHAIR:
        return Place(_chairs_side(question), Provenance.DEEMED)
    return Place(_SIDES[question.non_submission.value], Provenance.DEEMED)


def _chairs_side(question: Question) -> Side:
    """The chair's decision; without a recorded one a proxy abstains (rules R3)."""
    return _SIDES[question.chair.value] if isinstance(question.chair, Mark) else Side.ABSTAIN


def places(
    docket: Docket, member_id: str, submissions: Iterable[Submission], facts: Facts = NO_FACTS
) -> tuple[tuple[Question, Place], ...]:
    """Where one member on the roll is counted, question by question; elections by plurality are left out.

    Shape   *submissions* are all of this member, in any order.
    """
    asked = agenda(docket, facts)
    case = case_of(asked, member_id, submissions, facts)
    return tuple(
        (question, place_of(question, case))
        for question in asked.questions
        if question.motion.method is not Method.PLURALITY
    )
