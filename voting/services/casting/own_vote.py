"""Was my vote counted?  What one member's answers, or its silence, came to, question by question.

Decided by the very functions of the count, over the very submissions that it takes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voting.core.ballots import Facts, Submission
from voting.core.docket import Docket
from voting.core.effective import (
    Case,
    Place,
    Provenance,
    Sent,
    Standing,
    case_of,
    mark_source,
    place_of,
    standing_of,
)
from voting.core.elections import chosen_names, names_source
from voting.core.errors import Broken
from voting.core.motions import Method
from voting.core.questions import Question, agenda
from voting.ledger.canonical import parse_instant
from voting.runtime import Runtime
from voting.services.casting import ballots
from voting.services.casting.ballots import Key
from voting.services.casting.pages import AnswerLine, answer_line
from voting.services.errors import NotThatFar
from voting.services.outcome.closing import is_void, submissions_for_count
from voting.services.outcome.erased import ErasedOn, erased_on
from voting.store import roll
from voting.store.ballots import Submitted
from voting.wording import number_of
from voting.wording.page_editions import PageSay
from voting.wording.pages import PAGES
from voting.wording.pages_japanese import PAGES_IN_JAPANESE


@dataclass(frozen=True, slots=True)
class CountedLine:
    """What was counted for a member on one question, and why.

    Shape   ``place`` as in the count, None where ``names`` were voted for: those as
            ``core.elections.chosen_names`` tells. ``source`` is the ledger index of the answer it was
            taken from, None for one of silence.
    """

    label: str
    title: str
    counted: str
    reason: str
    place: Place | None
    names: frozenset[str] | None
    source: int | None


@dataclass(frozen=True, slots=True)
class OwnVote:
    """A member's vote as counted.

    Shape   ``answer`` is the one that counts, None where there is none; ``treatments`` say what became of
            each thing sent, by ledger index; ``is_silent``: it counts as one that sent nothing;
            ``is_deemed``: its silence is a vote on some question; ``is_named``: the public record has
            its name; ``shows_votes``: the public record has what stood on each answer; ``member`` and
            ``salt`` (hex): what the ledger calls the member, and what opens that name; ``erased``: what it
            sent was erased at the end of its term, so that ``lines`` tell of silence alone.
    """

    lines: tuple[CountedLine, ...]
    answer: AnswerLine | None
    treatments: Mapping[int, str]
    is_silent: bool
    is_deemed: bool
    is_named: bool
    shows_votes: bool
    member: str
    salt: str
    bundle_note: str
    erased: ErasedOn | None = None


def own_vote(rt: Runtime, key: Key, *, language: str = "ja") -> OwnVote:
    """The member's own vote, once the result is published.

    Raises  NotThatFar before that; UnknownCode, CredentialReplaced.
    """
    opened, say = ballots.view(rt, key), PAGES[language]
    case, voter = opened.case, opened.voter
    if case.result_index is None:
        raise NotThatFar("own-vote", "result")
    with rt.database.reading() as tx:
        facts = roll.facts_for_count(tx, case.id)
        erased = erased_on(tx, case)
    known = submissions_for_count(case, opened.history)
    sent = standing_of(case.docket, voter.member_id, known, facts)
    answered = sent.standing is Standing.ANSWERED
    is_gone = any(each.is_erased for each in opened.history)
    lines = () if is_gone and answered else counted_lines(case.docket, voter.member_id, known, facts, say)
    effective = [each for each in opened.history if answered and each.index == sent.submissions[0].order]
    return OwnVote(
        lines=lines,
        answer=answer_line(effective[0], case.docket, say) if effective else None,
        treatments={
            each.index: _treatment(each, sent, lines, facts, is_void=is_void(case, each), say=say)
            for each in opened.history
        },
        is_silent=sent.standing is Standing.SILENT,
        is_deemed=is_deemed(lines),
        is_named=case.disclosure == "L0",
        shows_votes=case.disclosure != "L2" and not is_gone,
        member=voter.commitment.hex(),
        salt=voter.salt.hex(),
        bundle_note=say.result.bundles[case.disclosure] if erased is None else say.result.erased_bundle,
        erased=erased if is_gone else None,
    )


def counted_lines(
    docket: Docket,
    member_id: str,
    submissions: Iterable[Submission],
    facts: Facts,
    say: PageSay = PAGES_IN_JAPANESE,
) -> tuple[CountedLine, ...]:
    """One line a question, in the order of the docket.  Shape: *submissions* are all of this member."""
    known, asked = tuple(submissions), agenda(docket, facts)
    case, sent = case_of(asked, member_id, known, facts), standing_of(docket, member_id, known, facts)
    return tuple(_line(question, case, sent, say) for question in asked.questions)


def is_deemed(lines: Iterable[CountedLine]) -> bool:
    """Whether the member stands in the ledger's list of the deemed."""
    return any(each.place is not None and each.place.provenance is Provenance.DEEMED for each in lines)


def _line(question: Question, case: Case, sent: Sent, say: PageSay) -> CountedLine:
    own = say.own
    answered = sent.standing is Standing.ANSWERED and question.motion.number not in case.barred
    if answered and question.motion.method is Method.PLURALITY:
        names, source = chosen_names(question, case), names_source(question, case)
        counted, reason = own.names(question, names), own.names_reason(question, names, sent, case, source)
        place = None
    else:
        names, place = None, place_of(question, case)
        source = mark_source(question, case.sheets) if answered else 0
        counted = own.counted(question, place)
        reason = own.reason(question, place, sent, case, source)
    return CountedLine(
        label=own.label(question),
        title=question.motion.title,
        counted=counted,
        reason=reason,
        place=place,
        names=names,
        source=sent.submissions[source].order if answered else None,
    )


def _treatment(
    each: Submitted,
    sent: Sent,
    lines: Iterable[CountedLine],
    facts: Facts,
    *,
    is_void: bool,
    say: PageSay,
) -> str:
    """What became of one thing the member sent, with the number of what took its place."""
    if each.refused is not None:
        return say.paper.refusal(each.refused)
    if is_void:
        return say.tell("回答の後に議案の内容が変更されたため、無効としました。")
    left = facts.left.get(each.member_id or "")
    if left is not None and parse_instant(each.received_at) >= left:
        return say.tell("退会の後に受け付けたため、算入していません。")
    if sent.standing is not Standing.ANSWERED:
        raise Broken(f"entry {each.index} was accepted in time and is not counted")
    if each.index == sent.submissions[0].order:
        return say.tell("有効な回答として集計しました。")
    if each.is_erased:
        # Whether it filled what the other left open cannot be told any more.
        return say.tell("{number} を有効な回答としました。", number=number_of(sent))
    filled = say.tell("、").join(line.label for line in lines if line.source == each.index)
    if filled:
        return say.tell(
            "{number} を有効な回答とし、{filled}については規則によりこの回答を用いました。",
            number=number_of(sent),
            filled=filled,
        )
    return say.tell("{number} を有効な回答としたため、集計には用いていません。", number=number_of(sent))
