"""From the mail that is owed to the mail that arrived: its own for each member, and the code wiped after."""

import re
import sqlite3
from dataclasses import replace

import pytest

from tests.mail.owed import codes, ids, owe, rows, tick
from tests.services.test_campaigns import ASKING, BODY, admin, checker, edit
from voting.core.members import Member
from voting.services import schedule
from voting.services.register import campaigns, contact_answers, contact_board


def code_in(taken):
    lines = taken.message.get_content().splitlines()
    return next(line.split()[1] for line in lines if line.startswith("回答コード "))


def test_the_ballot_mail_arrives_and_its_code_opens_the_ballot(world, plain):
    owe(world, size=1)
    (message_id,) = ids(world)

    assert tick(world) == (1, 0)

    (taken,) = plain.taken
    message = taken.message
    assert taken.to == ("m1@example.jp",)
    assert [each.addr_spec for each in message["To"].addresses] == ["m1@example.jp"]
    assert message["Subject"] == "【書面表決のお願い】令和8年度総会"
    assert message["Message-ID"] == message_id
    assert message.get_content_type() == "text/plain"
    assert all(len(line) <= 998 for line in taken.raw.split(b"\r\n"))
    world.mails.append(message)
    world.read_codes()
    assert world.key("M0001").member_id == "M0001"


def test_every_member_gets_its_own_code_at_each_of_its_addresses_alone(world, plain):
    two = Member("M0001", "葛\N{VARIATION SELECTOR-18}城市", addresses=("a@example.jp", "b@example.jp"))
    one = Member("M0002", "𠮷田町", addresses=("c@example.jp",))
    none = Member("M0003", "架空町")
    owe(world, roll_of=(two, one, none))

    assert tick(world) == (3, 0)

    sent = {taken.to: (code_in(taken), taken.message.get_content()) for taken in plain.taken}
    assert sent.keys() == {("a@example.jp",), ("b@example.jp",), ("c@example.jp",)}
    assert sent[("a@example.jp",)][0] == sent[("b@example.jp",)][0] != sent[("c@example.jp",)][0]
    assert two.name in sent[("a@example.jp",)][1] and one.name not in sent[("a@example.jp",)][1]
    assert one.name in sent[("c@example.jp",)][1]
    # The third waits for the printed form, and its code with it.
    assert [row[0] for row in rows(world) if row[1] is not None] == ["M0003"]


def test_once_sent_the_code_is_nowhere_in_the_database(world, plain):
    owe(world)
    written = codes(world)
    file = str(world.rt.database.engine.url.database)

    tick(world)

    assert sorted(written) == sorted(code_in(taken) for taken in plain.taken)
    assert codes(world) == []
    connection = sqlite3.connect(file)
    try:
        dump = "\n".join(connection.iterdump())
    finally:
        connection.close()
    assert ids(world)[0] in dump
    for code in written:
        assert code not in dump and code.replace("-", "") not in dump


@pytest.mark.parametrize("answer", ["550 5.1.1 no such user", "451 later", "421 closing", "999 what", "no"])
def test_what_goes_wrong_for_one_member_stops_no_other(world, plain, answer):
    owe(world, size=4)
    plain.to_address["m1@example.jp"] = answer
    plain.to_address["m3@example.jp"] = answer

    assert tick(world)[0] == 2

    assert sorted(taken.to[0] for taken in plain.taken) == ["m2@example.jp", "m4@example.jp"]


@pytest.mark.parametrize(
    "address",
    ["x@example.jp\r\nBcc: all@example.jp", "x@example.jp, y@example.jp", "x", "担当@example.jp", " "],
)
def test_an_address_that_is_none_is_given_up_and_stops_no_other(world, plain, address):
    bad = Member("M0001", "架空1町", addresses=(address,))
    owe(world, roll_of=(bad, Member("M0002", "架空2町", addresses=("m2@example.jp",))))

    assert tick(world) == (1, 1)

    assert [taken.to for taken in plain.taken] == [("m2@example.jp",)]
    assert codes(world) == []


@pytest.mark.parametrize(
    "name", ["架空町\nBcc: all@example.jp\n\n偽", "架空町\r\n別室", "架空町\r別室", "\u2028架空町"]
)
def test_a_name_with_line_breaks_is_mailed_and_adds_no_header(world, plain, name):
    owe(world, roll_of=(Member("M0001", name, addresses=("m1@example.jp",)),))

    assert tick(world) == (1, 0)

    (taken,) = plain.taken
    assert taken.to == ("m1@example.jp",)
    assert "Bcc" not in taken.message
    assert len(taken.message.keys()) == 8


def test_the_receipt_mail_follows_the_answer_and_tells_no_choice(world, plain):
    owe(world, size=1)
    tick(world)
    world.mails.extend(each.message for each in plain.taken)
    world.read_codes()
    world.at("2026-06-02 10:00")
    world.cast("M0001")

    assert tick(world, "2026-06-02 10:01") == (1, 0)

    text_of = plain.taken[1].message.get_content()
    assert plain.taken[1].message["Subject"] == "【書面表決の受付】令和8年度総会"
    assert plain.taken[1].to == ("m1@example.jp",)
    assert "賛成" not in text_of
    assert world.codes["M0001"] not in text_of
    assert world.rt.anchors.read(world.origin).decode() in text_of.replace("\r\n", "\n")


def test_each_address_gets_a_mail_of_its_own_in_plain_text_whose_link_opens_its_page(world, plain):
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


def test_a_mail_that_the_relay_refuses_is_on_the_board(world, plain):
    world.assembly(size=1)
    edit(world, "M0001", addresses="nobody@example.jp")
    world.send()
    asked = campaigns.request(world.rt, admin(world), BODY, ASKING)
    campaigns.approve(world.rt, checker(world), asked.id)
    plain.to_address["nobody@example.jp"] = "550 5.1.1 no such user"

    schedule.run_due(world.rt)

    assert contact_board.board(world.rt, admin(world), BODY).counts["failed"] == 1
