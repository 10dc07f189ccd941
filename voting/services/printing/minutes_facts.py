"""What the minutes say, from the facts of the certified result and the office's letterhead."""

from collections.abc import Callable, Sequence

from voting.core.letterhead import Letterhead, PaperKind
from voting.core.result import MotionResult, PluralityResult
from voting.documents.facts import ResultFacts
from voting.documents.facts_minutes import MinutesFacts, MinutesMotion
from voting.wording import (
    JAPAN,
    AnyResult,
    Question,
    consent_statute,
    last_moment,
    minutes_statute,
    motion_questions,
    outcomes,
)
from voting.wording.editions import PaperSay

_Say = Callable[[str], str]
_CONSENTED = (
    "会員の全員から書面又は電磁的記録により同意の意思表示があったため、"
    "{statute}の規定により、この議案を可決する旨の決議があったものとみなされた。"
)


def minutes_facts(
    facts: ResultFacts,
    letterhead: Letterhead,
    *,
    say: _Say,
    edition: PaperSay,
    ways: Sequence[tuple[str, int]],
    asked: tuple[int, int],
    signers: tuple[str, ...],
    version: int,
    is_draft: bool,
) -> MinutesFacts:
    """Everything that the minutes say.

    Shape   *ways* as in ``attendance``; *asked*: questions of members, and how many of them were answered to
            all; *signers* are names; *say* sets figures as the office does.
    """
    docket, result, given = facts.docket, facts.result, letterhead.minutes
    assembly, words = docket.assembly, edition.minutes
    day = letterhead.dates.get(PaperKind.MINUTES)
    closed = last_moment(assembly.schedule).astimezone(JAPAN).date()
    statute, consent = minutes_statute(docket.body.kind), consent_statute(docket, result)
    attended = (*words.attendance(docket, result, ways), words.quorum(docket, result))
    return MinutesFacts(
        docket=docket,
        number=letterhead.numbers.get(PaperKind.MINUTES, ""),
        date=say(edition.letter_date(day)) if day else "",
        method=say(_method(facts, edition)),
        basis=tuple(say(text) for text in (statute, consent) if text),
        period=say(edition.period(assembly.schedule)),
        record_date=say(edition.day(assembly.schedule.record_date)),
        attendance=tuple(say(words.plain(line)) for line in attended),
        chair=assembly.chair or "",
        course=(*given.course, *(say(text) for text in _asked(asked, edition))),
        motions=tuple(_motion(facts, one, say, consent, edition) for one in result.motions),
        notes=tuple(say(words.plain(note)) for note in words.notes(docket, result)),
        opinions=tuple(each.text for each in facts.opinions) if edition.is_japanese else (),
        opinions_received=say(_opinions_received(facts, edition)),
        incidents=tuple(words.plain(text) for text in facts.incidents),
        amendments=facts.amendments,
        proposer=given.proposer,
        resolved_on=say(edition.day(given.resolved_on or closed)),
        deemed=bool(consent),
        checked=_checked(facts, say, edition),
        record=_record(facts, edition),
        author=given.author,
        signers=signers,
        result_json=(facts.result_json or b"") if edition.is_japanese else b"",
        version=version,
        is_draft=is_draft,
        say=edition,
    )


def _method(facts: ResultFacts, edition: PaperSay) -> str:
    clause = facts.docket.rules.clauses.get("written", "")
    return (
        edition.says("書面による表決({clause})", clause=clause) if clause else edition.term("書面による表決")
    )


def _opinions_received(facts: ResultFacts, edition: PaperSay) -> str:
    if not facts.opinions:
        return edition.term("なし")
    return edition.says("公表に同意のあったもの{number}件", number=f"{len(facts.opinions):,}")


def _asked(asked: tuple[int, int], edition: PaperSay) -> tuple[str, ...]:
    """How many questions there were: what was asked and answered is kept beside the minutes."""
    received, answered = asked
    if not received:
        return ()
    if not answered:
        return (edition.says("会員から質問{received}件を受け付けた。", received=f"{received:,}"),)
    if answered == received:
        text = "会員から質問{received}件を受け付け、質問と回答を会員全員に公開した。"
        return (edition.says(text, received=f"{received:,}"),)
    text = "会員から質問{received}件を受け付け、うち{answered}件の質問と回答を会員全員に公開した。"
    return (edition.says(text, received=f"{received:,}", answered=f"{answered:,}"),)


def _motion(facts: ResultFacts, one: AnyResult, say: _Say, consent: str, edition: PaperSay) -> MinutesMotion:
    docket, motion, words = facts.docket, facts.docket.motion(one.number), edition.minutes
    lines = [line for asked in motion_questions(docket, one) for line in _counted(facts, asked, say, edition)]
    if isinstance(one, PluralityResult):
        lines += _chosen(one, say, edition)
    elected = _elected(one)
    if elected:
        lines.append(edition.says("選出された者　{names}", names="、".join(elected)))
    condition = words.condition(docket, motion, outcomes(facts.result))
    reason = words.reason(docket, motion, one)
    lines += [say(words.plain(text)) for text in (condition, reason) if text]
    if consent:
        lines.append(say(edition.says(_CONSENTED, statute=consent)))
    return MinutesMotion(say(edition.motion(one.number)), one.title, tuple(lines))


def _counted(facts: ResultFacts, asked: Question, say: _Say, edition: PaperSay) -> tuple[str, str]:
    line = say(edition.minutes.full_line(asked.count, asked.words))
    needed = edition.requirement(facts.docket, asked.motion, asked.count)
    outcome = edition.outcome(asked.count.outcome, asked.words)
    return (
        edition.says("{name}　{line}", name=asked.candidate, line=line) if asked.candidate else line,
        say(edition.says("議決要件　{needed}。結果　{outcome}", needed=needed, outcome=outcome)),
    )


def _chosen(one: PluralityResult, say: _Say, edition: PaperSay) -> list[str]:
    """Candidates by their votes, and the sheets that chose nobody."""
    lines = [
        edition.says(
            "{name}　{votes}　選出" if each.elected else "{name}　{votes}",
            name=each.name,
            votes=say(edition.votes(each.votes)),
        )
        for each in one.candidates
    ]
    rest = (("白票", one.blank_votes), ("無効", one.invalid_votes))
    return [
        *lines,
        *(
            say(edition.says("{name}　{votes}", name=edition.term(word), votes=edition.votes(votes)))
            for word, votes in rest
            if votes
        ),
    ]


def _elected(one: AnyResult) -> tuple[str, ...]:
    if isinstance(one, MotionResult):
        return one.elected
    return tuple(each.name for each in one.candidates if each.elected)


def _checked(facts: ResultFacts, say: _Say, edition: PaperSay) -> tuple[str, ...]:
    lines = [
        edition.term("受け付けた表決書を、確定した名簿及び議決規則に基づき、集計プログラムにより計算した。")
    ]
    if facts.version > 1:
        corrected = "この議事録の数は、訂正後の集計結果(第{version}版)による。"
        lines.append(say(edition.says(corrected, version=facts.version)))
    if facts.certified_by:
        names = "、".join(facts.certified_by)
        if facts.certified_on:
            day = say(edition.day(facts.certified_on))
            lines.append(edition.says("認証　{day}　{names}", day=day, names=names))
        else:
            lines.append(edition.says("認証　{names}", names=names))
    if facts.witnesses:
        lines.append(edition.says("確認　{names}", names="、".join(facts.witnesses)))
    return tuple(lines)


def _record(facts: ResultFacts, edition: PaperSay) -> tuple[str, ...]:
    if facts.ledger is None:
        return ()
    return (
        edition.says("記録の名称　{origin}", origin=facts.ledger.origin),
        edition.says("result.json の SHA-256　{value}", value=facts.ledger.result_sha256),
    )
