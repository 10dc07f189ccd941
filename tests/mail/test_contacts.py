"""The mails that ask members for their contacts, by a real relay."""

import re
from dataclasses import replace

from tests.mail.relay import FakeRelay
from tests.services.test_campaigns import ASKING, BODY, admin, checker, edit
from tests.world import World
from voting.services import schedule
from voting.services.register import campaigns, contact_answers, contact_board


def test_each_address_gets_a_mail_of_its_own_in_plain_text_whose_link_opens_its_page(
    world: World, plain: FakeRelay
) -> None:
    world.assembly(size=2)
    edit(world, "M0001", addresses="one@example.jp\ntwo@example.jp")
    edit(world, "M0002", addresses="")
    world.send()
    before = len(plain.taken)
    asked = campaigns.request(world.rt, admin(world), BODY, replace(ASKING, words="一行目\n二行目"))
    campaigns.approve(world.rt, checker(world), asked.id)

    done = schedule.run_due(world.rt)

    assert done.sent == 2
    mails = [each.message for each in plain.taken[before:]]
    assert sorted(each["To"] for each in mails) == ["one@example.jp", "two@example.jp"]
    for mail in mails:
        assert mail["Subject"] == "【会員名簿の確認のお願い】架空協議会"
        assert not mail.is_multipart()
        found = re.search(r"/contact#([0-9A-Z-]+)", mail.get_content())
        assert found is not None
        page = contact_answers.contact_page(world.rt, found[1])
        assert page.member.member_id == "M0001"
    assert len({each["Message-ID"] for each in mails}) == 2


def test_a_mail_that_the_relay_refuses_is_on_the_board(world: World, plain: FakeRelay) -> None:
    world.assembly(size=1)
    edit(world, "M0001", addresses="nobody@example.jp")
    world.send()
    asked = campaigns.request(world.rt, admin(world), BODY, ASKING)
    campaigns.approve(world.rt, checker(world), asked.id)
    plain.to_address["nobody@example.jp"] = "550 5.1.1 no such user"

    schedule.run_due(world.rt)

    assert contact_board.board(world.rt, admin(world), BODY).counts["failed"] == 1
