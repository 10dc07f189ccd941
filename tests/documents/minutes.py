"""Minutes for tests: those of the origin case, and of a result with elections and many opinions."""

from tests.documents.council import SEED, counted, docket, facts, facts_with_elections, result
from voting.core.letterhead import Letterhead, Minutes, PaperKind
from voting.core.motions import Motion
from voting.core.result import MotionResult
from voting.documents.facts import Opinion, ResultFacts
from voting.documents.facts_minutes import MinutesFacts
from voting.services.printing.minutes_facts import minutes_facts
from voting.wording.papers import PAPERS

GIVEN = Minutes(
    author="事務局長　記録 次郎",
    proposer="会長",
    course=("期間中に、第1号議案について1件の質問があり、全会員に回答した。",),
)
WRITTEN = Letterhead(numbers={PaperKind.MINUTES: "全二協第52号"}, minutes=GIVEN)
SIGNERS = ("議長 長野県", "監事 田辺市", "議事録署名人 那須町")
WAYS = (("fax", 27), ("post", 18), ("web", 368))


def made(found: ResultFacts, **changes: object) -> MinutesFacts:
    given: dict[str, object] = {
        "say": lambda text: text,
        "edition": PAPERS["ja"],
        "ways": WAYS,
        "asked": (0, 0),
        "signers": SIGNERS,
        "version": 1,
        "is_draft": False,
    }
    return minutes_facts(found, WRITTEN, **(given | changes))  # type: ignore[arg-type]  # as the function's


def seed() -> MinutesFacts:
    return made(facts(result_json=b"{}"))


def with_elections() -> MinutesFacts:
    return made(facts_with_elections(result_json=b"{}"))


def english(found: ResultFacts | None = None, **changes: object) -> MinutesFacts:
    return made(found or facts(result_json=b"{}"), edition=PAPERS["en"], **changes)


def twelve() -> MinutesFacts:
    """Twelve motions, one with a title of eighty characters, and forty opinions."""
    motions = tuple(
        Motion(number, "長い題名の議案" * 11 + "の件" if number == 7 else f"議案{number}について")
        for number in range(1, 13)
    )
    results = tuple(MotionResult(each.number, each.title, counted(SEED)) for each in motions)
    opinions = tuple(
        Opinion(text=f"意見その{number}。" + "詳しい理由を述べる。" * 6) for number in range(1, 41)
    )
    return made(facts(docket=docket(*motions), result=result(*results), opinions=opinions, result_json=b"{}"))
