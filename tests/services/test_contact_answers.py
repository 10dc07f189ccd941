"""名簿確認 attacked: old pages, forms sent twice, codes of others, mails that come too late."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.services.test_campaigns import (
    ASKING,
    BODY,
    PLANNING,
    admin,
    ask,
    checker,
    code_for,
    edit,
    people,
    states,
)
from tests.world import World
from voting.mail.smtp import MailNotTaken
from voting.services import schedule
from voting.services.register import campaigns, contact_answers, contact_board, member_list
from voting.services.register.contact_answers import ContactSeenOther, Sender
from voting.services.register.contact_board import NothingChosen, NothingToSettle
from voting.store.campaign_tables import contact_mail
from voting.store.members import register

__all__ = ["people"]
FIRST = "first@example.jp"


def history(world: World, member_id: str = "M0001") -> list[str]:
    shown = member_list.member_page(world.rt, admin(world), BODY, member_id)
    return [each.act.what for each in shown.history]


def seen(world: World, code: str) -> str:
    return contact_answers.contact_page(world.rt, code).seen


def asked_for(world: World, campaign: str) -> contact_board.RequestOf:
    return contact_board.request_of(world.rt, admin(world), BODY, campaign, "M0001")


def test_attack_replayed_post_the_same_form_sent_twice_is_one_answer(world, people):
    ask(world)
    code = code_for(world, FIRST)
    shown = seen(world, code)
    contact_answers.confirm_known(world.rt, code, PLANNING, seen=shown)
    once, at = history(world), contact_answers.contact_page(world.rt, code).answered_at

    world.at("2026-06-04 10:00")
    contact_answers.confirm_known(world.rt, code, PLANNING, seen=shown)

    assert history(world) == once
    assert contact_answers.contact_page(world.rt, code).answered_at == at


def test_attack_replayed_post_an_old_confirmation_does_not_undo_a_later_change(world, people):
    ask(world)
    code = code_for(world, FIRST)
    shown = seen(world, code)
    contact_answers.confirm_known(world.rt, code, PLANNING, seen=shown)
    world.at("2026-06-04 10:00")
    contact_answers.ask_change(world.rt, code, PLANNING, {"section": "総務課"}, seen=seen(world, code))

    with pytest.raises(ContactSeenOther):
        contact_answers.confirm_known(world.rt, code, PLANNING, seen=shown)

    assert states(world)["M0001"] == "change"


def test_nobody_confirms_what_the_page_has_not_shown(world, people):
    ask(world)
    code = code_for(world, FIRST)
    shown = seen(world, code)
    edit(world, "M0001", phone="00-9999-9999")

    for answer in (
        lambda: contact_answers.confirm_known(world.rt, code, PLANNING, seen=shown),
        lambda: contact_answers.ask_change(world.rt, code, PLANNING, {"section": "別の課"}, seen=shown),
        lambda: contact_answers.say_elsewhere(world.rt, code, PLANNING, remark="総務課", seen=shown),
        lambda: contact_answers.confirm_known(world.rt, code, PLANNING, seen=""),
    ):
        with pytest.raises(ContactSeenOther):
            answer()
    assert states(world)["M0001"] == "silent"


def test_a_confirmation_changes_nothing_of_the_register_whatever_is_sent_along(world, people):
    ask(world)
    code = code_for(world, FIRST)

    contact_answers.confirm_known(
        world.rt, code, Sender("<script>課", "M0002\u3000架空"), seen=seen(world, code)
    )

    with world.rt.database.reading() as tx:
        assert register(tx, BODY) == people


def test_a_code_of_another_member_answers_for_that_member_alone(world, people):
    ask(world)
    other = code_for(world, "M0002@example.jp")

    contact_answers.confirm_known(world.rt, other, PLANNING, seen=seen(world, other))

    assert states(world)["M0001"] == "silent" and states(world)["M0002"] == "confirmed"
    with pytest.raises(ContactSeenOther):
        contact_answers.confirm_known(world.rt, code_for(world, FIRST), PLANNING, seen=seen(world, other))


def test_the_office_settles_only_the_answer_that_it_has_read(world, people):
    campaign = ask(world)
    code = code_for(world, FIRST)
    contact_answers.ask_change(world.rt, code, PLANNING, {"phone": "00-1"}, seen=seen(world, code))
    read = asked_for(world, campaign)
    world.at("2026-06-04 10:00")
    contact_answers.ask_change(world.rt, code, PLANNING, {"phone": "00-2"}, seen=seen(world, code))

    with pytest.raises(NothingToSettle):
        contact_board.take_over(
            world.rt, admin(world), BODY, campaign, "M0001", ("phone",), seen=read.seen, of=read.of
        )
    with pytest.raises(NothingToSettle):
        contact_board.refuse(world.rt, admin(world), BODY, campaign, "M0001", why="誤り", of=read.of)

    with world.rt.database.reading() as tx:
        assert register(tx, BODY) == people
    assert states(world)["M0001"] == "change"


def test_without_a_chosen_field_nothing_is_taken_over_and_nothing_counts_as_confirmed(world, people):
    campaign = ask(world)
    code = code_for(world, FIRST)
    contact_answers.ask_change(world.rt, code, PLANNING, {"phone": "00-1"}, seen=seen(world, code))
    read, before = asked_for(world, campaign), history(world)

    for fields in ((), ("name", "votes", "member_id")):
        with pytest.raises(NothingChosen):
            contact_board.take_over(
                world.rt, admin(world), BODY, campaign, "M0001", fields, seen=read.seen, of=read.of
            )

    assert history(world) == before and states(world)["M0001"] == "change"


def test_a_mail_that_the_relay_kept_back_is_not_sent_after_the_last_day(world, people):
    asked = campaigns.request(world.rt, admin(world), BODY, replace(ASKING, last_day="2026-06-02"))
    campaigns.approve(world.rt, checker(world), asked.id)
    taken = world.rt.send

    def down(mail: object) -> None:
        raise MailNotTaken("the relay is away", for_good=False, relay_down=True)

    world.rt = replace(world.rt, send=down)
    schedule.send_mails(world.rt, limit=100)
    world.rt = replace(world.rt, send=taken)
    world.at("2026-06-03 00:00")
    schedule.send_mails(world.rt, limit=100)

    assert world.mails == []
    with world.rt.database.reading() as tx:
        left = tx.all(select(contact_mail.c.secret, contact_mail.c.sent_at, contact_mail.c.error))
    assert {tuple(row) for row in left} == {(None, None, "ended")}
    # Nothing is known against the addresses: nobody is told that they do not work.
    assert states(world)["M0001"] == "silent"
    assert contact_board.board(world.rt, admin(world), BODY).mails == (3, 0, 0)
