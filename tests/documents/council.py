"""Invented results for tests of papers: the case of rules R9 with an invented split, and elections."""

from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType
from zoneinfo import ZoneInfo

from voting.core.assembly import Assembly, Body, Schedule
from voting.core.ballots import NO_FACTS
from voting.core.docket import Docket
from voting.core.effective import Place, Provenance, Side
from voting.core.motions import Method, Motion, MotionKind
from voting.core.questions import agenda
from voting.core.result import (
    CandidateResult,
    CandidateVotes,
    ConfidenceResult,
    Count,
    Flag,
    MotionResult,
    Numbers,
    Outcome,
    Parts,
    PluralityResult,
    QuorumResult,
    Result,
    ThresholdResult,
)
from voting.core.rules import MAJORITY, Blank, BodyKind, NonSubmission, OutOfBase, Rules, Unit
from voting.core.votes import ONE_VOTE
from voting.documents.facts import LedgerFacts, ResultFacts
from voting.documents.facts_roll_call import RollCall, RollCallLine

TOKYO = ZoneInfo("Asia/Tokyo")
SCHEDULE = Schedule(
    record_date=date(2024, 9, 27),
    opens_at=datetime(2024, 9, 27, tzinfo=TOKYO),
    closes_at=datetime(2024, 10, 5, tzinfo=TOKYO),
)
CLAUSES = MappingProxyType(
    {
        "written": "規約第12条第1項",
        "majority": "規約第13条第1項",
        "deemed": "規約第12条第3項",
        "blank": "規約第12条第4項",
    }
)
COUNCIL = Rules(
    non_submission=NonSubmission.FOR,
    blank=Blank.FOR,
    late=OutOfBase.EXCLUDED,
    abstain=False,
    clauses=CLAUSES,
    preset="council",
)
MOTIONS = (
    Motion(1, "当協議会の発展的改組によるプラットフォーム化について"),
    Motion(2, "第1号議案に係る規約の改正について", depends_on=(1,)),
    Motion(3, "共同代表の選出について", depends_on=(2,)),
)


def docket(*motions: Motion, rules: Rules = COUNCIL) -> Docket:
    return Docket(
        Body("全国二地域居住等促進協議会", BodyKind.VOLUNTARY),
        Assembly("令和6年度臨時総会", SCHEDULE),
        rules,
        motions or MOTIONS,
    )


def in_votes(members: Numbers) -> Numbers:
    """The same numbers where each member has one vote."""

    def parts(heads: Parts) -> Parts:
        return Parts(
            *(number * ONE_VOTE for number in (heads.expressed, heads.proxy, heads.blank, heads.deemed))
        )

    return Numbers(
        parts(members.in_favour),
        parts(members.against),
        parts(members.abstain),
        *(
            number * ONE_VOTE
            for number in (
                members.invalid,
                members.late,
                members.undelivered,
                members.left,
                members.barred,
                members.not_counted,
            )
        ),
    )


def counted(
    members: Numbers,
    *,
    outcome: Outcome = Outcome.CARRIED,
    without: bool | None = True,
    flags: tuple[Flag, ...] = (),
) -> Count:
    """A count by simple majority of those present, one vote each."""
    votes = in_votes(members)
    present = votes.in_favour.total + votes.against.total + votes.abstain.total + votes.invalid
    needed = present // ONE_VOTE // 2 + 1
    met = votes.in_favour.total * 2 > present
    test = ThresholdResult(MAJORITY[0], votes.in_favour.total, present, str(needed), met)
    return Count(outcome, votes, members, (test,), without, None, flags)


def result(*motions: MotionResult | ConfidenceResult | PluralityResult, returned: int = 413) -> Result:
    roll = 681
    return Result(
        roll_members=roll,
        roll_votes=roll * ONE_VOTE,
        returned_members=returned,
        returned_votes=returned * ONE_VOTE,
        quorum=QuorumResult(None, returned * ONE_VOTE, Unit.VOTES, True),
        motions=motions or COUNCIL_MOTIONS,
    )


SEED = Numbers(in_favour=Parts(expressed=412, deemed=268), against=Parts(expressed=1))
COUNCIL_MOTIONS = tuple(MotionResult(motion.number, motion.title, counted(SEED)) for motion in MOTIONS)

LEDGER = LedgerFacts(
    origin="vote.example.jp/assemblies/2024-extraordinary",
    vkey="vote.example.jp/assemblies/2024-extraordinary+1f2e3d4c+AYdQ2oSCd0Zk1Q8kW0m7Qk7hXl2k0rQwX4z9q1f8c2Ab",
    size=1342,
    root="pGl1XhJ0vQ3b8n9m2Lr5YkT7uEwZcSdFgHjK0aBcDeE=",
    checkpoint=(
        "vote.example.jp/assemblies/2024-extraordinary\n1342\npGl1XhJ0vQ3b8n9m2Lr5YkT7uEwZcSdFgHjK0aBcDeE=\n"
        "\n\u2014 vote.example.jp/assemblies/2024-extraordinary Hy49TAAAAAA=\n"
    ),
    result_sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
)


def facts(**changes: object) -> ResultFacts:
    """The origin case, as the secretariat would publish it."""
    given: dict[str, object] = {
        "docket": docket(),
        "result": result(),
        "channels": (("web", 368), ("fax", 27), ("post", 18)),
        "certified_on": date(2024, 10, 7),
        "certified_by": ("共同代表 長野県",),
        "witnesses": ("監事 田辺市", "監事 那須町"),
        "issued_on": date(2024, 10, 8),
        "document_number": "全二協第48号",
        "sender": ("全国二地域居住等促進協議会", "会長　長野県"),
        "contact": "全国二地域居住等促進協議会事務局(電話 03-0000-0000、電子メール office@example.jp)",
        "disclosure": "L1",
        "ledger": LEDGER,
    }
    return ResultFacts(**(given | changes))  # type: ignore[arg-type]  # the fields' types are the class's


ELECTION_BY_CONFIDENCE = Motion(
    4,
    "監事の選出について",
    kind=MotionKind.ELECTION,
    method=Method.CONFIDENCE,
    seats=2,
    candidates=("田辺市", "那須町"),
)
ELECTION_BY_PLURALITY = Motion(
    5,
    "部会長の選出について",
    kind=MotionKind.ELECTION,
    method=Method.PLURALITY,
    seats=1,
    candidates=("𠮷野町", "葛\U000e0100城市", "株式会社髙﨑設計"),
)
_DOUBTED = Numbers(in_favour=Parts(expressed=80, deemed=250), against=Parts(expressed=351))
CONFIDENCE = ConfidenceResult(
    4,
    "監事の選出について",
    2,
    Outcome.VACANCY,
    (
        CandidateResult("田辺市", True, counted(SEED)),
        CandidateResult("那須町", False, counted(_DOUBTED, outcome=Outcome.REJECTED, without=False)),
    ),
)
PLURALITY = PluralityResult(
    number=5,
    title="部会長の選出について",
    seats=1,
    outcome=Outcome.ELECTED,
    candidates=(
        CandidateVotes("𠮷野町", 150 * ONE_VOTE, 150, False),
        CandidateVotes("葛\U000e0100城市", 240 * ONE_VOTE, 240, True),
        CandidateVotes("株式会社髙﨑設計", 15 * ONE_VOTE, 15, False),
    ),
    returned_votes=413 * ONE_VOTE,
    returned_members=413,
    blank_votes=5 * ONE_VOTE,
    blank_members=5,
    invalid_votes=3 * ONE_VOTE,
    invalid_members=3,
)


def facts_with_elections(**changes: object) -> ResultFacts:
    return facts(
        docket=docket(*MOTIONS, ELECTION_BY_CONFIDENCE, ELECTION_BY_PLURALITY),
        result=result(*COUNCIL_MOTIONS, CONFIDENCE, PLURALITY),
        terms=((4, "令和6年10月5日から1年"),),
        **changes,
    )


def facts_with_roll_call(*, is_named: bool = True, **changes: object) -> ResultFacts:
    """The origin case with everybody who voted: 412 for, one against, 268 silent."""
    asked = agenda(docket(), NO_FACTS).questions
    sent, silent = Place(Side.FOR, Provenance.EXPRESSED), Place(Side.FOR, Provenance.DEEMED)
    against = Place(Side.AGAINST, Provenance.EXPRESSED)
    lines = tuple(
        RollCallLine(
            member=f"M{number:04d}" if is_named else f"{number:064x}",
            name=f"架空{number}町" if is_named else "",
            votes=ONE_VOTE,
            on=(against if number == 412 else sent if number < 413 else silent,) * 3,
        )
        for number in range(681)
    )
    return facts(roll_call=RollCall(is_named=is_named, questions=asked, lines=lines), **changes)


HALF = Fraction(1, 2)
