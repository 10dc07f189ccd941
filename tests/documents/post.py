"""Addresses for tests; none of them exists."""

from collections.abc import Iterator
from dataclasses import replace

from tests.documents.council import docket
from voting.documents.facts_letter import LetterFacts
from voting.documents.facts_post import Addressed, CoverFacts, Way
from voting.wording import closing_text
from voting.wording.papers import PAPERS

DOCKET = docket()


def addressed(number: int, *, name: str = "", **changes: object) -> Addressed:
    given: dict[str, object] = {
        "member_id": f"M{number:04d}",
        "to": (name or f"架空{number}町", "企画政策課地域振興係", "担当 花子　様"),
        "postcode": "329-0001",
        "address": f"架空県架空郡架空{number}町大字架空1234番地",
        "fax": f"00-0000-{number:04d}",
    }
    return Addressed(**(given | changes))  # type: ignore[arg-type]  # the fields' types are the class's


def several(count: int) -> Iterator[Addressed]:
    return (addressed(number) for number in range(1, count + 1))


COVER = CoverFacts(
    docket=DOCKET,
    way=Way.POST,
    letter=LetterFacts(
        date="令和6年9月27日",
        sender=("全国二地域居住等促進協議会", "会長　長野県知事　架空 太郎"),
        seal="（公印省略）",
    ),
    enclosed=("開催案内", "議案書", "書面表決書"),
    deadline=closing_text(DOCKET.assembly.schedule),
    contact="全国二地域居住等促進協議会事務局(電話 00-0000-0000)",
    from_fax="00-0000-9999",
)


def english(way: Way = Way.POST, *, pages: int | None = None) -> CoverFacts:
    """The same cover in its translation."""
    say = PAPERS["en"]
    return replace(
        COVER,
        way=way,
        letter=replace(COVER.letter, date="27 September 2024", to=(), seal=""),
        deadline=say.closing(DOCKET.assembly.schedule),
        pages=pages,
        say=say,
    )
