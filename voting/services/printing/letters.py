"""開催案内: the letter that calls an assembly, from its docket, its roll and its letterhead."""

from collections.abc import Callable

from voting.core.letterhead import Letterhead, PaperKind
from voting.core.permissions import Act, Officer, require
from voting.documents.facts_letter import NoticeFacts, NoticeMotion
from voting.documents.notice_pdf import render_notice
from voting.runtime import Runtime
from voting.services.printing.forms import frozen, ways
from voting.services.printing.letterheads import (
    filled_in,
    last_day_told,
    letter_facts,
    letterhead_of,
    style_of,
    until_words,
)
from voting.services.stages import path
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.wording.editions import PaperSay
from voting.wording.papers import PAPERS

_Say = Callable[[str], str]


def notice(rt: Runtime, who: Officer, origin: str, *, language: str = "ja") -> bytes:
    """The letter that calls the assembly, or its translation.

    Raises  NoSuchAssembly, NotThatFar before the freeze, NoGlyph, CounterUntrue.
    """
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case, voters = frozen(tx, origin, "notice")
        letterhead = letterhead_of(tx, case)
    return render_notice(_facts(rt, case, letterhead, voters, PAPERS[language]))


def preview(rt: Runtime, who: Officer, origin: str, source: str) -> bytes:
    """The letter as it would be with *source*, a LETTERHEAD.toml that nobody has kept.

    Raises  LetterheadFaults; as ``notice``.
    """
    require(who, Act.DRAFT)
    with rt.database.reading() as tx:
        case, voters = frozen(tx, origin, "notice")
    return render_notice(_facts(rt, case, filled_in(case, source), voters, PAPERS["ja"]))


def basis_lines(case: Case, say: _Say, edition: PaperSay) -> tuple[str, ...]:
    """The clauses that the assembly and its rules rest on."""
    clauses = case.docket.rules.clauses
    return tuple(
        say(edition.says("{name}　{clause}", name=name, clause=clauses[key]))
        for key, name in edition.clauses.items()
        if key in clauses
    )


def _facts(
    rt: Runtime, case: Case, letterhead: Letterhead, voters: tuple[Voter, ...], edition: PaperSay
) -> NoticeFacts:
    docket, say = case.docket, style_of(letterhead, voters, edition)
    schedule = docket.assembly.schedule
    return NoticeFacts(
        docket=docket,
        letter=letter_facts(letterhead, PaperKind.NOTICE, edition),
        opening=_opening(case, letterhead, say, edition),
        basis=basis_lines(case, say, edition),
        period=say(edition.period(schedule)),
        roll=_roll(case, voters, say, edition),
        motions=_motions(case, say, edition),
        ways=ways(rt, letterhead, edition, code="回答コードを入力"),
        deadline=say(edition.closing(schedule)),
        rules=tuple(say(sentence) for sentence in edition.rules(docket)),
        questions=_questions(rt, case, letterhead, say, edition),
        publication=(
            edition.term("期間の終了後に集計し、監事の確認を経て、次のページに公表します。"),
            f"{rt.site.base_url}/assemblies/{path(case)}",
            edition.disclosures[case.disclosure],
        ),
        vkey=case.vkey,
        enclosed=letterhead.enclosed,
        contact=case.contact,
        say=edition,
    )


def _opening(case: Case, letterhead: Letterhead, say: _Say, edition: PaperSay) -> tuple[str, ...]:
    assembly = case.docket.assembly
    clause = case.docket.rules.clauses.get("written", "")
    asked = edition.says(
        "{basis}{assembly}を書面により開催します。議案について御検討の上、"
        "{closing}までに到着するよう、下記のいずれかの方法により表決をお願いします。",
        basis=edition.says("{clause}の規定に基づき、", clause=clause) if clause else "",
        assembly=assembly.title,
        closing=edition.closing(assembly.schedule),
    )
    return (*((letterhead.reason,) if letterhead.reason else ()), say(asked))


def _roll(case: Case, voters: tuple[Voter, ...], say: _Say, edition: PaperSay) -> tuple[str, str]:
    day = edition.day(case.docket.assembly.schedule.record_date)
    members, votes = edition.members(len(voters)), edition.votes(sum(each.votes for each in voters))
    return (
        say(edition.says("基準日　{day}", day=day)),
        say(edition.says("会員総数　{members}(議決権の数 {votes})", members=members, votes=votes)),
    )


def _motions(case: Case, say: _Say, edition: PaperSay) -> tuple[NoticeMotion, ...]:
    docket = case.docket
    return tuple(
        NoticeMotion(
            label=say(edition.motion(motion.number)),
            title=motion.title,
            requirement=say(edition.requirement(docket, motion, None)),
            condition=say(edition.condition(docket, motion)),
            documents=tuple(each.name for each in motion.documents),
        )
        for motion in docket.motions
    )


def _questions(rt: Runtime, case: Case, letterhead: Letterhead, say: _Say, edition: PaperSay) -> str:
    """Until when and where members ask: the day that their page tells too."""
    until = last_day_told(case, letterhead)
    if until is None:
        return ""
    asked = edition.says(
        "{day}までに、{page}　(回答コードを入力)又は下記の連絡先へお寄せください。"
        "回答は会員全員にお知らせします。質問した会員の名称は出しません。",
        day=until_words(case, until, edition),
        page=f"{rt.site.base_url}/v",
    )
    return say(asked)
