"""What the minutes say, from the facts of the certified result and the office's letterhead."""

from collections.abc import Callable, Sequence

from voting.core.japanese_dates import wareki
from voting.core.letterhead import Letterhead, PaperKind
from voting.core.result import MotionResult, PluralityResult
from voting.documents.facts import ResultFacts
from voting.documents.facts_minutes import MinutesFacts, MinutesMotion
from voting.wording import (
    JAPAN,
    AnyResult,
    Question,
    attendance_lines,
    condition_text,
    consent_statute,
    full_line,
    in_plain_style,
    last_moment,
    minutes_statute,
    motion_label,
    motion_questions,
    outcome_sentence,
    outcome_word,
    outcomes,
    period_text,
    quorum_text,
    requirement,
    rule_notes,
    votes_words,
)

_Say = Callable[[str], str]


def minutes_facts(
    facts: ResultFacts,
    letterhead: Letterhead,
    *,
    say: _Say,
    ways: Sequence[tuple[str, int]],
    signers: tuple[str, ...],
    version: int,
    is_draft: bool,
) -> MinutesFacts:
    """Everything that the minutes say.

    Shape   *ways* as in ``attendance_lines``; *signers* are names; *say* sets figures as the office does.
    """
    docket, result, given = facts.docket, facts.result, letterhead.minutes
    assembly, clause = docket.assembly, docket.rules.clauses.get("written", "")
    day = letterhead.dates.get(PaperKind.MINUTES)
    closed = last_moment(assembly.schedule).astimezone(JAPAN).date()
    statute, consent = minutes_statute(docket.body.kind), consent_statute(docket, result)
    attended = (*attendance_lines(docket, result, ways), quorum_text(docket, result))
    return MinutesFacts(
        docket=docket,
        number=letterhead.numbers.get(PaperKind.MINUTES, ""),
        date=say(wareki(day, weekday=False)) if day else "",
        method=say(f"書面による表決({clause})") if clause else "書面による表決",
        basis=tuple(say(text) for text in (statute, consent) if text),
        period=say(period_text(assembly.schedule)),
        record_date=say(wareki(assembly.schedule.record_date, weekday=True)),
        attendance=tuple(say(in_plain_style(line)) for line in attended),
        chair=assembly.chair or "",
        course=given.course,
        motions=tuple(_motion(facts, one, say, consent) for one in result.motions),
        notes=tuple(say(in_plain_style(note)) for note in rule_notes(docket, result)),
        opinions=tuple(each.text for each in facts.opinions),
        opinions_received=say(f"公表に同意のあったもの{len(facts.opinions):,}件")
        if facts.opinions
        else "なし",
        incidents=tuple(in_plain_style(text) for text in facts.incidents),
        amendments=facts.amendments,
        proposer=given.proposer,
        resolved_on=say(wareki(given.resolved_on or closed, weekday=True)),
        deemed=bool(consent),
        checked=_checked(facts, say),
        record=_record(facts),
        author=given.author,
        signers=signers,
        result_json=facts.result_json or b"",
        version=version,
        is_draft=is_draft,
    )


def _motion(facts: ResultFacts, one: AnyResult, say: _Say, consent: str) -> MinutesMotion:
    docket, motion = facts.docket, facts.docket.motion(one.number)
    lines = [line for asked in motion_questions(docket, one) for line in _counted(facts, asked, say)]
    if isinstance(one, PluralityResult):
        lines += _chosen(one, say)
    elected = _elected(one)
    if elected:
        lines.append(f"選出された者　{'、'.join(elected)}")
    condition = condition_text(docket, motion, outcomes(facts.result))
    lines += [
        say(in_plain_style(text)) for text in (condition, outcome_sentence(docket, motion, one)) if text
    ]
    if consent:
        lines.append(
            say(
                "会員の全員から書面又は電磁的記録により同意の意思表示があったため、"
                f"{consent}の規定により、この議案を可決する旨の決議があったものとみなされた。"
            )
        )
    return MinutesMotion(say(motion_label(one)), one.title, tuple(lines))


def _counted(facts: ResultFacts, asked: Question, say: _Say) -> tuple[str, str]:
    who = f"{asked.candidate}　" if asked.candidate else ""
    needed = requirement(facts.docket, asked.motion, asked.count)
    word = outcome_word(asked.count.outcome, asked.words)
    return (f"{who}{say(full_line(asked.count, asked.words))}", say(f"議決要件　{needed}。結果　{word}"))


def _chosen(one: PluralityResult, say: _Say) -> list[str]:
    """Candidates by their votes, and the sheets that chose nobody."""
    lines = [
        f"{each.name}　{say(votes_words(each.votes))}{'　選出' if each.elected else ''}"
        for each in one.candidates
    ]
    rest = (("白票", one.blank_votes), ("無効", one.invalid_votes))
    return [*lines, *(say(f"{word}　{votes_words(votes)}") for word, votes in rest if votes)]


def _elected(one: AnyResult) -> tuple[str, ...]:
    if isinstance(one, MotionResult):
        return one.elected
    return tuple(each.name for each in one.candidates if each.elected)


def _checked(facts: ResultFacts, say: _Say) -> tuple[str, ...]:
    lines = ["受け付けた表決書を、確定した名簿及び議決規則に基づき、集計プログラムにより計算した。"]
    if facts.version > 1:
        lines.append(say(f"この議事録の数は、訂正後の集計結果(第{facts.version}版)による。"))
    if facts.certified_by:
        day = say(wareki(facts.certified_on, weekday=True)) + "　" if facts.certified_on else ""
        lines.append(f"認証　{day}{'、'.join(facts.certified_by)}")
    if facts.witnesses:
        lines.append(f"確認　{'、'.join(facts.witnesses)}")
    return tuple(lines)


def _record(facts: ResultFacts) -> tuple[str, ...]:
    if facts.ledger is None:
        return ()
    return (
        f"記録の名称　{facts.ledger.origin}",
        f"result.json の SHA-256　{facts.ledger.result_sha256}",
    )
