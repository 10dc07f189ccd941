"""開催案内: the letter that calls an assembly, from its docket, its roll and its letterhead."""

from collections.abc import Callable

from voting.core.japanese_dates import wareki
from voting.core.letterhead import Letterhead, PaperKind
from voting.core.permissions import Act, Officer, require
from voting.documents.facts_letter import NoticeFacts, NoticeMotion
from voting.documents.notice_pdf import render_notice
from voting.runtime import Runtime
from voting.services.forms import frozen, ways
from voting.services.letterheads import letter_facts, letterhead_of, style_of
from voting.services.pages import path
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.wording import (
    CLAUSE_NAMES,
    DISCLOSURES,
    closing_text,
    condition_text,
    members_words,
    motion_label,
    period_text,
    requirement,
    rule_sentences,
    votes_words,
)
from voting.wording.papers_japanese import PAPERS_IN_JAPANESE

_Say = Callable[[str], str]


def notice(rt: Runtime, who: Officer, origin: str) -> bytes:
    """The letter that calls the assembly.

    Raises  NoSuchAssembly, NotThatFar before the freeze, NoGlyph, CounterUntrue.
    """
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case, voters = frozen(tx, origin, "notice")
        letterhead = letterhead_of(tx, case)
    return render_notice(_facts(rt, case, letterhead, voters))


def basis_lines(case: Case, say: _Say) -> tuple[str, ...]:
    """The clauses that the assembly and its rules rest on."""
    clauses = case.docket.rules.clauses
    return tuple(say(f"{name}　{clauses[key]}") for key, name in CLAUSE_NAMES.items() if key in clauses)


def _facts(rt: Runtime, case: Case, letterhead: Letterhead, voters: tuple[Voter, ...]) -> NoticeFacts:
    docket, say = case.docket, style_of(letterhead, voters)
    schedule = docket.assembly.schedule
    votes = votes_words(sum(each.votes for each in voters))
    return NoticeFacts(
        docket=docket,
        letter=letter_facts(letterhead, PaperKind.NOTICE),
        opening=_opening(case, letterhead, say),
        basis=basis_lines(case, say),
        period=say(period_text(schedule)),
        roll=(
            say(f"基準日　{wareki(schedule.record_date, weekday=True)}"),
            say(f"会員総数　{members_words(len(voters))}(議決権の数 {votes})"),
        ),
        motions=_motions(case, say),
        ways=ways(rt, letterhead, PAPERS_IN_JAPANESE, code="回答コードを入力"),
        deadline=say(closing_text(schedule)),
        rules=tuple(say(sentence) for sentence in rule_sentences(docket)),
        questions=_questions(letterhead, say),
        publication=(
            "期間の終了後に集計し、監事の確認を経て、次のページに公表します。",
            f"{rt.site.base_url}/assemblies/{path(case)}",
            DISCLOSURES[case.disclosure],
        ),
        vkey=case.vkey,
        enclosed=letterhead.enclosed,
        contact=case.contact,
    )


def _opening(case: Case, letterhead: Letterhead, say: _Say) -> tuple[str, ...]:
    assembly = case.docket.assembly
    clause = case.docket.rules.clauses.get("written", "")
    basis = f"{clause}の規定に基づき、" if clause else ""
    asked = (
        f"{basis}{assembly.title}を書面により開催します。議案について御検討の上、"
        f"{closing_text(assembly.schedule)}までに到着するよう、下記のいずれかの方法により表決をお願いします。"
    )
    return (*((letterhead.reason,) if letterhead.reason else ()), say(asked))


def _motions(case: Case, say: _Say) -> tuple[NoticeMotion, ...]:
    docket = case.docket
    return tuple(
        NoticeMotion(
            label=say(motion_label(motion)),
            title=motion.title,
            requirement=say(requirement(docket, motion)),
            condition=say(condition_text(docket, motion)),
            documents=tuple(each.name for each in motion.documents),
        )
        for motion in docket.motions
    )


def _questions(letterhead: Letterhead, say: _Say) -> str:
    until = letterhead.questions_until
    return (
        "" if until is None else say(f"{wareki(until, weekday=True)}までに、下記の連絡先へお寄せください。")
    )
