"""What the pages show, ready to be printed: facts looked up, rules and numbers put into words.

Templates do no arithmetic and ask nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from voting.core.docket import Docket
from voting.core.rules import OutOfBase
from voting.core.votes import votes_text
from voting.ledger.canonical import parse_instant
from voting.runtime import Runtime
from voting.services.casting import ballots
from voting.services.casting.ballots import Key
from voting.services.casting.motion_lines import MotionLine, motion_lines
from voting.services.outcome import closing
from voting.services.period import amending, asking
from voting.services.period.errata import ErratumLine, errata_lines
from voting.services.period.published_replies import RepliedLine, replied_lines
from voting.services.proof import incidents
from voting.services.stages import path, stage
from voting.store import assemblies, roll
from voting.store.assemblies import Case
from voting.store.ballots import Submitted
from voting.wording import receipt_number
from voting.wording.page_editions import PageSay
from voting.wording.pages import PAGES
from voting.wording.pages_japanese import PAGES_IN_JAPANESE


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One thing sent.  ``refused``: a sentence, or empty; ``is_erased``: ``who`` and ``words`` are gone."""

    index: int
    number: str
    received: str
    channel: str
    who: str
    words: tuple[tuple[str, str], ...]
    refused: str
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class Inquiries:
    """Questions and what was answered to all.  Shape: ``until`` the last day in words, while one may ask."""

    replied: tuple[RepliedLine, ...] = ()
    until: str = ""


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A member's own ballot.

    Shape   ``base``: the leaf hash (hex) of the texts; ``stage``: "notice" before the opening, "open",
            "closed", "declared" once published; ``standing``: the latest accepted answer, None where there
            is none; ``proof``: the record that receipts can be proved against by now, empty before the
            close; ``changes`` are sentences about amendments; ``is_void``: something it sent was on texts
            that were amended since.
    """

    origin: str
    base: str
    path: str
    body: str
    title: str
    member_id: str
    name: str
    votes: str
    stage: str
    period: str
    closing: str
    now: str
    left: str
    rules: tuple[str, ...]
    silence: str
    offers_abstain: bool
    motions: tuple[MotionLine, ...]
    history: tuple[AnswerLine, ...]
    standing: AnswerLine | None
    proof: str
    without_answer: tuple[str, ...]
    incidents: tuple[str, ...]
    changes: tuple[str, ...]
    errata: tuple[ErratumLine, ...]
    is_void: bool
    contact: str
    disclosure: str
    vkey: str
    inquiries: Inquiries


def member_page(rt: Runtime, key: Key, *, language: str = "ja") -> MemberPage:
    """Raises: UnknownCode, CredentialReplaced."""
    say = PAGES[language]
    opened, now = ballots.view(rt, key), rt.now()
    case, docket = opened.case, opened.case.docket
    with rt.database.reading() as tx:
        motions = motion_lines(tx, docket, say=say)
        told = incidents.sentences(tx, case, told=incidents.indices(tx, case), say=say)
        # Of this member alone; a leaving that comes after the close changes nothing.
        left = {
            number: at
            for number, at in roll.facts_for_count(tx, case.id).left.items()
            if number == opened.voter.member_id and at < docket.assembly.schedule.closes_at
        }
        asked = Inquiries(
            replied_lines(tx, case, say),
            asking.until_in_words(tx, case, say) if asking.is_open(tx, case, now) else "",
        )
        changes, errata = amending.sentences(tx, case, say), errata_lines(tx, case, say)
    history = tuple(_history_line(case, each, say) for each in opened.history)
    schedule = docket.assembly.schedule
    return MemberPage(
        origin=case.origin,
        base=case.sealed_base,
        path=path(case),
        body=docket.body.name,
        title=docket.assembly.title,
        member_id=opened.voter.member_id,
        name=opened.voter.name,
        votes=votes_text(opened.voter.votes),
        stage=stage(case, now),
        period=say.period(schedule),
        closing=say.closing(schedule),
        now=say.instant(now),
        left=_left(now, schedule.closes_at, say),
        rules=say.paper.rules(docket),
        silence=say.silence(docket),
        offers_abstain=docket.rules.abstain,
        motions=motions,
        history=history,
        standing=_standing(case, opened.history, left, say),
        proof=_proof(case, say),
        without_answer=_without_answer(case, opened.history, has_left=bool(left), say=say),
        incidents=told,
        changes=changes,
        errata=errata,
        is_void=any(closing.is_void(case, each) for each in opened.history),
        contact=case.contact,
        disclosure=say.paper.disclosures[case.disclosure],
        vkey=case.vkey,
        inquiries=asked,
    )


def contact(rt: Runtime, origin: str) -> str:
    """Office, telephone and mail for questions; empty for an assembly that was not announced."""
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
    return "" if case is None or case.issued_index is None else case.contact


def require_database(rt: Runtime) -> None:
    """Read something, so that an unreachable database is noticed; its own error tells."""
    with rt.database.reading() as tx:
        assemblies.find(tx, "")


def proof_word(case: Case) -> str:
    """Which record a receipt can be proved against now, beside its own checkpoint; empty before the close."""
    if case.closed_index is None:
        return ""
    return "締切後の記録" if case.result_index is None else "最終の記録"


def _proof(case: Case, say: PageSay) -> str:
    word = proof_word(case)
    return say.tell(word) if word else ""


def _history_line(case: Case, sent: Submitted, say: PageSay) -> AnswerLine:
    line = answer_line(sent, case.docket, say)
    return replace(line, refused=say.paper.refusal(closing.no_effect(case, sent) or None))


def answer_line(sent: Submitted, docket: Docket, say: PageSay = PAGES_IN_JAPANESE) -> AnswerLine:
    """What a member sent, in the words of *say*."""
    ballot = {"choices": {}} if sent.is_erased else sent.ballot()
    choices = ballot["choices"]
    words = say.paper
    said = words.choices(choices) if isinstance(choices, dict) else {}
    if ballot.get("proxy") is True:
        said = {str(motion.number): words.term("議長に委任") for motion in docket.motions}
    return AnswerLine(
        index=sent.index,
        number=receipt_number(sent.index),
        received=say.instant(parse_instant(sent.received_at)),
        channel=words.channel(sent.channel),
        who=" ".join(filter(None, (sent.section, sent.respondent))),
        words=tuple(
            (words.motion(motion.number), said[str(motion.number)])
            for motion in docket.motions
            if str(motion.number) in said
        ),
        refused=words.refusal(sent.refused),
        is_erased=sent.is_erased,
    )


def _standing(
    case: Case, history: tuple[Submitted, ...], left: Mapping[str, datetime], say: PageSay
) -> AnswerLine | None:
    """The answer that counts as things stand; None where there is none.  Shape: *left* by member."""
    accepted = {each.index: each for each in history if each.refused is None}
    effective = closing.effective_submissions(case, accepted.values(), left)
    return answer_line(accepted[effective[0].order], case.docket, say) if effective else None


def _without_answer(
    case: Case, history: tuple[Submitted, ...], *, has_left: bool, say: PageSay
) -> tuple[str, ...]:
    """What became of a member none of whose answers was in time (rules R2); a late one is no silence."""
    rules = case.docket.rules
    if has_left:
        return (
            say.tell("貴団体は期間中に退会され、それまでに受け付けた表決書がありません。"),
            say.tell("賛否の算定から除きます。賛成とはみなしません。"),
        )
    if any(each.refused == "late" for each in history):
        told = say.tell("貴団体の表決書は、期限を過ぎて到着しました。")
        if rules.late is OutOfBase.EXCLUDED:
            return (told, say.tell("表決に算入せず、賛否の算定から除きます。賛成とはみなしません。"))
        return (told, say.tell("未提出として取り扱います。"), say.silence(case.docket))
    if any(closing.is_void(case, each) for each in history):
        return (
            say.tell("貴団体の回答は、議案の内容が変更される前のものであり、無効となりました。"),
            say.tell("変更後の回答がないため、賛否のいずれにも算入しません。賛成とはみなしません。"),
        )
    return (say.tell("期限までに、貴団体からの提出はありませんでした。"), say.silence(case.docket))


def _left(now: datetime, closes_at: datetime, say: PageSay) -> str:
    """The time left in words; empty once it is over."""
    minutes = int((closes_at - now).total_seconds() // 60)
    return "" if minutes < 0 else say.left(minutes)
