"""質問への回答 as a letter: what was sent to all, for members without an address for mails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.japanese_dates import JST
from voting.core.letterhead import Letterhead, PaperKind
from voting.core.permissions import Act, Officer, require
from voting.documents.facts_letter import LetterFacts, RepliesFacts
from voting.documents.replies_pdf import render_replies
from voting.runtime import Runtime
from voting.services.period.published_replies import Sending, published_wordings, sendings
from voting.services.printing.forms import frozen
from voting.services.printing.letterheads import letter_facts, letterhead_of, style_of
from voting.store.assemblies import Case
from voting.wording.editions import PaperSay
from voting.wording.papers import PAPERS

_Say = Callable[[str], str]
# The first reply to a question, and those that came after it.
_HEADS = {False: "回答({day})", True: "補足({day})"}


class NothingAnswered(Refusal):
    """No reply was sent yet, so there is nothing to print."""

    code: ClassVar[str] = "nothing-answered"


def replies_letter(rt: Runtime, who: Officer, origin: str, *, language: str = "ja") -> bytes:
    """All questions and replies so far, by number, under the date of the last sending.

    Raises  NotAllowed, NoSuchAssembly, NotThatFar, NothingAnswered, CounterUntrue.
    """
    require(who, Act.READ_PARTICIPATION)
    with rt.database.reading() as tx:
        case, voters = frozen(tx, origin, "replies")
        letterhead, sent = letterhead_of(tx, case), sendings(tx, case)
    if not sent:
        raise NothingAnswered
    edition = PAPERS[language]
    return render_replies(_facts(case, letterhead, sent, style_of(letterhead, voters, edition), edition))


def _facts(
    case: Case, letterhead: Letterhead, sent: tuple[Sending, ...], say: _Say, edition: PaperSay
) -> RepliesFacts:
    wordings = published_wordings(sent)
    opening = edition.says(
        "{assembly}(書面開催)について会員から寄せられた質問に、次のとおり回答します。"
        "この回答は会員全員にお送りしています。質問した会員の名称は出していません。",
        assembly=case.docket.assembly.title,
    )
    return RepliesFacts(
        docket=case.docket,
        letter=_letter(letterhead, sent[-1].at, say, edition),
        opening=say(opening),
        asked=tuple(
            (
                say(edition.says("質問{number}", number=number)),
                wordings[number],
                tuple(
                    (say(edition.says(_HEADS[reply.supplements], day=_day(each.at, edition))), reply.text)
                    for each in sent
                    for reply in each.replies
                    if reply.number == number
                ),
            )
            for number in sorted(wordings)
        ),
        effect=edition.term("この回答により、議案の内容や提出済みの表決の取扱いが変わることはありません。"),
        deadline=say(
            edition.says("{deadline}(必着)", deadline=edition.closing(case.docket.assembly.schedule))
        ),
        contact=case.contact,
        say=edition,
    )


def _letter(letterhead: Letterhead, at: datetime, say: _Say, edition: PaperSay) -> LetterFacts:
    """The head of the letterhead, which has no number for this letter; its date is that of the sending."""
    head = letter_facts(letterhead, PaperKind.NOTICE, edition)
    return replace(head, number="", date=say(edition.letter_date(at.astimezone(JST).date())))


def _day(at: datetime, edition: PaperSay) -> str:
    return edition.day(at.astimezone(JST).date())
