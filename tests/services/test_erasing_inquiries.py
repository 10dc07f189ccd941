"""At the end of a term who asked, in which words, and what was not sent is gone; what all have read stays."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.services.test_asking import ask
from tests.services.test_erasing import DUE, RULE, erase
from tests.services.test_replies import answer, draft, published
from tests.world import World, empty_database, world_at
from voting.core.permissions import Act, Role
from voting.services.office import office_requests
from voting.services.outcome import erasing
from voting.services.period import asking, inquiries
from voting.services.proof import agreement
from voting.store import erasures, inquiry_tables


def asked_and_certified(world: World) -> None:
    """Three questions: one answered, one with a draft, one set aside; certified, and the term over."""
    world.assembly()
    world.at("2026-06-02 10:00")
    ask(world, "M0001", "山田課長が言う負担金は、いくらですか。")
    ask(world, "M0002", "山田課長の質問その2")
    ask(world, "M0002", "山田課長の質問その3")
    draft(world, wording="負担金は、いくらですか。", reply="3万円です。")
    answer(world)
    draft(world, 2, wording="山田課長の質問その2", reply="送らなかった案")
    inquiries.set_aside(world.rt, world.officer(Role.CHECKER), world.origin, 3, why="個人に関するため")
    world.cast("M0001")
    world.at("2026-06-11 00:05")
    world.certify()
    world.at(DUE)


def all_questions(world: World) -> str:
    columns = ", ".join(inquiry_tables.inquiry.c.keys())
    with world.rt.database.reading() as tx:
        rows = tx.all(text(f"SELECT {columns} FROM inquiry ORDER BY number"))
    return "\n".join(str(cell) for row in rows for cell in row)


def test_questions_are_erased_and_the_published_replies_stay(tmp_path: Path, database_url: str) -> None:
    empty_database(database_url).close()
    world = world_at(tmp_path, database_url)
    asked_and_certified(world)
    before = all_questions(world)
    assert all(each in before for each in ("山田課長", "架空　花子", "送らなかった案", "個人に関するため"))

    erase(world)

    after = all_questions(world)
    for each in ("山田課長", "架空　花子", "企画課", "送らなかった案", "個人に関するため", "M000"):
        assert each not in after
    assert published(world) == ((1, "負担金は、いくらですか。", ("3万円です。",)),)
    agreement.check(world.rt, world.origin)
    world.check()
    world.rt.database.close()


def test_the_list_that_two_persons_approve_names_the_questions(world: World) -> None:
    asked_and_certified(world)

    shown = office_requests.proposal(world.rt, world.origin, Act.ERASE, {erasing.RULE: RULE})

    assert isinstance(shown.facts, dict)
    assert shown.facts["subject"]["inquiries"] == [1, 2, 3]
    erase(world)
    with world.rt.database.reading() as tx:
        done = erasures.find(tx, world.case.id)
    assert done is not None
    assert done.amounts["inquiries"] == 3


def test_after_the_erasure_the_office_sees_that_there_were_questions_and_nobody_who(world: World) -> None:
    asked_and_certified(world)
    erase(world)

    lines = inquiries.desk(world.rt, world.officer(Role.AUDITOR), world.origin).lines

    assert [(each.number, each.state, each.member_id) for each in lines] == [
        (1, "answered", ""),
        (2, "unanswered", ""),
        (3, "aside", ""),
    ]
    assert [each.original for each in lines] == ["", "", ""]
    with pytest.raises(asking.NoSuchInquiry):
        asking.own_inquiry(world.rt, world.key("M0001"), 1)
