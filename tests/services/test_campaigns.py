"""名簿確認: two persons ask, members say what is right, and the office alone changes the register."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from tests.world import World
from voting.core.members import Member
from voting.core.permissions import Act, NotAllowed, Officer, Role
from voting.credentials.codes import NotACode
from voting.runtime import Runtime
from voting.services import schedule
from voting.services.casting import ballots
from voting.services.errors import UnknownCode
from voting.services.office import approvals, office_requests
from voting.services.office.approvals import (
    ApprovedAlready,
    ChangedSince,
    ReasonMissing,
    SamePerson,
    ShownOther,
)
from voting.services.register import campaigns, contact_answers, contact_board, member_list, membership
from voting.services.register.campaign_proposals import (
    EVERYBODY,
    OLD,
    Asking,
    BadLastDay,
    CampaignOver,
    CampaignRuns,
    CampaignWordsMissing,
    NobodyToAsk,
    NoSuchCampaign,
)
from voting.services.register.contact_answers import NothingWanted, Sender, UnknownContactCode
from voting.services.register.contact_board import NothingToSettle
from voting.services.register.contact_letters import ASK, REMIND
from voting.services.register.membership import MemberChangedSince, MemberUnsound
from voting.store import contact_mails
from voting.store.campaign_tables import contact_mail, contact_token
from voting.store.members import register

BODY = "council"
ASKING = Asking(
    ASK,
    last_day="2026-06-30",
    words="年度初めの異動の時期です。\nよろしくお願いいたします。",
    contact="架空協議会事務局(電話 00-0000-0000)",
)
PLANNING = Sender("企画課", "架空 花子")


@pytest.fixture
def people(world: World) -> tuple[Member, ...]:
    """Three members that can be asked by mail, and one that cannot; the assembly's own mails are gone."""
    world.assembly(size=5)
    with world.rt.database.reading() as tx:
        known = register(tx, BODY)
    for each in known[1:2]:
        edit(world, each.member_id, addresses=f"{each.member_id}@example.jp\nsecond@example.jp")
    edit(world, known[0].member_id, addresses="first@example.jp", phone="00-1111-2222")
    for each in known[2:]:
        edit(world, each.member_id, addresses="")
    world.send()
    world.mails.clear()
    with world.rt.database.reading() as tx:
        return register(tx, BODY)


def admin(world: World, number: int = 1) -> Officer:
    return world.officer(Role.ADMINISTRATOR, number=number)


def checker(world: World) -> Officer:
    return world.officer(Role.CHECKER)


def edit(world: World, member_id: str, **typed: str) -> None:
    seen = member_list.member_page(world.rt, admin(world), BODY, member_id).stamp
    membership.edit(world.rt, admin(world), BODY, member_id, typed, seen=seen)


def ask(world: World, asking: Asking = ASKING) -> str:
    """Ask with two persons, send, and give the number of the campaign."""
    asked = campaigns.request(world.rt, admin(world), BODY, asking)
    campaigns.approve(world.rt, checker(world), asked.id)
    schedule.send_mails(world.rt, limit=1000)
    return asking.campaign or asked.id


def code_for(world: World, address: str) -> str:
    """The code of the newest mail to that address."""
    mail = next(each for each in reversed(world.mails) if each["To"] == address)
    found = re.search(r"確認コード　([0-9A-Z-]{29})", mail.get_content())
    assert found is not None
    return found[1]


def confirm_known(rt: Runtime, code: str, sender: Sender) -> None:
    seen = contact_answers.contact_page(rt, code).seen
    contact_answers.confirm_known(rt, code, sender, seen=seen)


def ask_change(rt: Runtime, code: str, sender: Sender, wanted: dict[str, str], *, remark: str = "") -> None:
    seen = contact_answers.contact_page(rt, code).seen
    contact_answers.ask_change(rt, code, sender, wanted, seen=seen, remark=remark)


def say_elsewhere(rt: Runtime, code: str, sender: Sender, *, remark: str) -> None:
    seen = contact_answers.contact_page(rt, code).seen
    contact_answers.say_elsewhere(rt, code, sender, seen=seen, remark=remark)


def take_over(
    rt: Runtime, who: Officer, body: str, campaign: str, member: str, fields: tuple[str, ...], *, seen: str
) -> None:
    of = contact_board.request_of(rt, who, body, campaign, member).of
    contact_board.take_over(rt, who, body, campaign, member, fields, seen=seen, of=of)


def refuse(rt: Runtime, who: Officer, body: str, campaign: str, member: str, *, why: str) -> None:
    of = contact_board.request_of(rt, who, body, campaign, member).of
    contact_board.refuse(rt, who, body, campaign, member, why=why, of=of)


def contents(world: World) -> list[str]:
    return [each.get_content() for each in world.mails]


def states(world: World, campaign: str = "") -> dict[str, str]:
    board = contact_board.board(world.rt, world.officer(Role.ENTRY), BODY, campaign)
    return {each.member.member_id: each.state for each in board.rows}


def test_two_persons_ask_every_member_and_each_address_gets_one_mail(world, people):
    ask(world)

    assert sorted(each["To"] for each in world.mails) == [
        "M0002@example.jp",
        "first@example.jp",
        "second@example.jp",
    ]
    text = world.mails[0].get_content()
    assert "令和8年6月30日(火)までに" in text and "年度初めの異動の時期です。" in text
    assert f"https://vote.example.or.jp/contact#{code_for(world, world.mails[0]['To'])}" in text
    assert "表決には使えません" in text and "架空協議会事務局(電話 00-0000-0000)" in text
    assert all("," not in each["To"] for each in world.mails)
    board = contact_board.board(world.rt, admin(world), BODY)
    assert board.counts["silent"] == 2 and board.counts["no-address"] == len(people) - 2
    assert board.mails == (3, 3, 0)


def test_the_code_is_wiped_once_its_mail_is_sent(world, people):
    asked = campaigns.request(world.rt, admin(world), BODY, ASKING)
    campaigns.approve(world.rt, checker(world), asked.id)
    with world.rt.database.reading() as tx:
        assert all(each.secret for each in contact_mails.due(tx, now="9999", limit=10))

    schedule.send_mails(world.rt, limit=1000)

    with world.rt.database.reading() as tx:
        assert [row[0] for row in tx.all(select(contact_mail.c.secret))] == [None] * 3
    assert code_for(world, "first@example.jp")


def test_the_proposer_cannot_approve_and_nothing_is_sent(world, people):
    asked = campaigns.request(world.rt, admin(world), BODY, ASKING)

    with pytest.raises(SamePerson):
        campaigns.approve(world.rt, admin(world), asked.id)
    for role in (Role.ENTRY, Role.CHAIR, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            campaigns.approve(world.rt, world.officer(role), asked.id)
        with pytest.raises(NotAllowed):
            campaigns.request(world.rt, world.officer(role), BODY, ASKING)

    schedule.send_mails(world.rt, limit=100)
    assert world.mails == []


def test_one_approval_sends_once(world, people):
    asked = campaigns.request(world.rt, admin(world), BODY, ASKING)
    campaigns.approve(world.rt, checker(world), asked.id)

    with pytest.raises(ApprovedAlready):
        campaigns.approve(world.rt, admin(world, 2), asked.id)

    schedule.send_mails(world.rt, limit=1000)
    assert len(world.mails) == 3


def test_an_address_changed_since_the_proposal_is_not_approved(world, people):
    asked = campaigns.request(world.rt, admin(world), BODY, ASKING)
    edit(world, "M0001", addresses="other@example.jp")

    assert office_requests.request_page(world.rt, checker(world), asked.id).changed
    with pytest.raises(ChangedSince):
        campaigns.approve(world.rt, checker(world), asked.id)


def test_who_proposes_something_else_than_the_page_has_shown_is_told(world, people):
    shown = campaigns.proposal(world.rt, admin(world), BODY, ASKING).digest

    with pytest.raises(ShownOther):
        campaigns.request(world.rt, admin(world), BODY, replace(ASKING, words="別の文"), shown=shown)
    assert campaigns.request(world.rt, admin(world), BODY, ASKING, shown=shown).digest == shown


def test_a_request_is_in_the_queue_under_the_name_of_the_body_and_can_be_refused(world, people):
    asked = campaigns.request(world.rt, admin(world), BODY, ASKING)

    queue = office_requests.queue(world.rt, checker(world))
    assert [(each.what, each.about) for each in queue.for_me if each.id == asked.id] == [
        ("ask-members", "架空協議会")
    ]
    approvals.refuse(world.rt, checker(world), asked.id, why="日付が違う")

    with pytest.raises(approvals.RequestEnded):
        campaigns.approve(world.rt, admin(world, 2), asked.id)


def test_a_request_for_something_else_is_not_approved_by_this_way(world, people):
    other = approvals.request(world.rt, admin(world), world.origin, Act.SEND, terms={"kind": "reminder"})

    with pytest.raises(approvals.NoSuchRequest):
        campaigns.approve(world.rt, checker(world), other.id)
    asked = campaigns.request(world.rt, admin(world), BODY, ASKING)
    with pytest.raises(approvals.NoSuchRequest):
        approvals.approve(world.rt, checker(world), asked.id)


def test_no_address_is_left_in_the_request(world, people):
    asked = campaigns.request(world.rt, admin(world), BODY, ASKING)

    assert "example.jp" not in asked.document


@pytest.mark.parametrize("day", ["2026-05-20", "2026-01-01", "2027-05-20"])
def test_a_last_day_that_is_past_or_far_away_is_refused(world, people, day):
    world.at("2026-05-20 10:00")
    with pytest.raises(BadLastDay):
        campaigns.proposal(world.rt, admin(world), BODY, replace(ASKING, last_day=day))


def test_without_a_contact_or_with_endless_words_nothing_is_proposed(world, people):
    with pytest.raises(CampaignWordsMissing):
        campaigns.proposal(world.rt, admin(world), BODY, replace(ASKING, contact=" "))
    with pytest.raises(CampaignWordsMissing):
        campaigns.proposal(world.rt, admin(world), BODY, replace(ASKING, words="あ" * 1001))


def test_a_second_campaign_waits_for_the_end_of_the_first(world, people):
    first = ask(world)

    with pytest.raises(CampaignRuns):
        campaigns.proposal(world.rt, admin(world), BODY, ASKING)

    campaigns.end(world.rt, admin(world), BODY, first)
    assert campaigns.proposal(world.rt, admin(world), BODY, ASKING).members == 2


def test_only_those_not_found_right_within_a_year_can_be_asked(world, people):
    world.at("2027-07-01 10:00")
    membership.confirm_contact(world.rt, admin(world), BODY, "M0001")
    asking = replace(ASKING, scope=OLD, last_day="2027-07-31")

    assert campaigns.proposal(world.rt, admin(world), BODY, asking).members == 1
    membership.confirm_contact(world.rt, admin(world), BODY, "M0002")
    with pytest.raises(NobodyToAsk):
        campaigns.proposal(world.rt, admin(world), BODY, asking)
    assert campaigns.proposal(world.rt, admin(world), BODY, replace(asking, scope=EVERYBODY)).members == 2


def test_a_member_says_that_all_is_right_and_the_history_has_it_as_its_own_act(world, people):
    ask(world)
    world.at("2026-06-03 10:00")

    page = contact_answers.contact_page(world.rt, code_for(world, "first@example.jp"))
    assert (page.member.member_id, page.last_day) == ("M0001", date(2026, 6, 30))
    confirm_known(world.rt, code_for(world, "first@example.jp"), PLANNING)

    assert states(world)["M0001"] == "confirmed"
    shown = member_list.member_page(world.rt, admin(world), BODY, "M0001")
    newest = shown.history[0].act
    assert (newest.what, newest.by, newest.detail) == ("contact-confirmed", "", "企画課　架空 花子")
    assert shown.line.contact_at == world.clock()
    assert shown.member == people[0]


def test_a_change_is_a_request_and_changes_nothing_until_the_office_takes_it_over(world, people):
    campaign = ask(world)
    code = code_for(world, "first@example.jp")
    ask_change(
        world.rt,
        code,
        PLANNING,
        {"section": "総務課", "addresses": "new@example.jp", "phone": "00-1111-2222"},
    )

    with world.rt.database.reading() as tx:
        assert register(tx, BODY) == people
    asked = contact_board.request_of(world.rt, world.officer(Role.ENTRY), BODY, campaign, "M0001")
    assert asked.columns == (
        ("section", people[0].section, "総務課"),
        ("addresses", "first@example.jp", "new@example.jp"),
    )
    with pytest.raises(NotAllowed):
        take_over(world.rt, checker(world), BODY, campaign, "M0001", ("section",), seen=asked.seen)
    take_over(world.rt, admin(world), BODY, campaign, "M0001", ("section", "addresses"), seen=asked.seen)

    shown = member_list.member_page(world.rt, admin(world), BODY, "M0001")
    assert (shown.member.section, shown.member.addresses) == ("総務課", ("new@example.jp",))
    assert shown.history[0].act.detail == "企画課　架空 花子"
    assert states(world)["M0001"] == "settled"
    with pytest.raises(NothingToSettle):
        refuse(world.rt, admin(world), BODY, campaign, "M0001", why="二度目")


def test_only_the_chosen_fields_are_taken_over(world, people):
    campaign = ask(world)
    ask_change(
        world.rt, code_for(world, "first@example.jp"), PLANNING, {"section": "総務課", "phone": "00-9"}
    )
    seen = contact_board.request_of(world.rt, admin(world), BODY, campaign, "M0001").seen

    take_over(world.rt, admin(world), BODY, campaign, "M0001", ("phone",), seen=seen)

    shown = member_list.member_page(world.rt, admin(world), BODY, "M0001").member
    assert (shown.section, shown.phone) == (people[0].section, "00-9")


def test_what_somebody_else_has_changed_meanwhile_is_not_written_over(world, people):
    campaign = ask(world)
    ask_change(world.rt, code_for(world, "first@example.jp"), PLANNING, {"section": "総務課"})
    seen = contact_board.request_of(world.rt, admin(world), BODY, campaign, "M0001").seen
    edit(world, "M0001", section="広報課")

    with pytest.raises(MemberChangedSince):
        take_over(world.rt, admin(world), BODY, campaign, "M0001", ("section",), seen=seen)


def test_a_request_is_refused_with_a_reason_only(world, people):
    campaign = ask(world)
    say_elsewhere(world.rt, code_for(world, "first@example.jp"), PLANNING, remark="総務課が担当です。")
    assert states(world)["M0001"] == "elsewhere"

    with pytest.raises(ReasonMissing):
        refuse(world.rt, admin(world), BODY, campaign, "M0001", why="  ")
    refuse(world.rt, admin(world), BODY, campaign, "M0001", why="電話で確かめた")

    settled = contact_board.request_of(world.rt, admin(world), BODY, campaign, "M0001").row.settled
    assert settled is not None and settled.why == "電話で確かめた"


def test_a_new_answer_opens_again_what_was_settled(world, people):
    campaign = ask(world)
    code = code_for(world, "first@example.jp")
    ask_change(world.rt, code, PLANNING, {"section": "総務課"})
    refuse(world.rt, admin(world), BODY, campaign, "M0001", why="誤り")

    world.at("2026-06-05 10:00")
    ask_change(world.rt, code, PLANNING, {"section": "財政課"})

    assert states(world)["M0001"] == "change"


def test_an_answer_given_while_the_office_settles_the_one_before_is_not_settled_unread(world, people):
    campaign = ask(world)
    code = code_for(world, "first@example.jp")
    say_elsewhere(world.rt, code, PLANNING, remark="総務課")
    refuse(world.rt, admin(world), BODY, campaign, "M0001", why="読んだ")

    with pytest.raises(NothingToSettle):
        refuse(world.rt, admin(world), BODY, campaign, "M0001", why="もう一度")


def test_nothing_wanted_is_told_and_unsound_addresses_too(world, people):
    ask(world)
    code = code_for(world, "first@example.jp")

    with pytest.raises(NothingWanted):
        ask_change(world.rt, code, PLANNING, {"addresses": "first@example.jp\r\n"})
    with pytest.raises(NothingWanted):
        say_elsewhere(world.rt, code, PLANNING, remark="")
    with pytest.raises(MemberUnsound):
        ask_change(world.rt, code, PLANNING, {"addresses": "not an address"})
    assert states(world)["M0001"] == "silent"


def test_a_reminder_reaches_those_alone_who_have_not_answered_and_both_codes_work(world, people):
    campaign = ask(world)
    first = code_for(world, "M0002@example.jp")
    confirm_known(world.rt, code_for(world, "first@example.jp"), PLANNING)
    world.mails.clear()

    ask(world, Asking(REMIND, campaign=campaign))

    assert sorted(each["To"] for each in world.mails) == ["M0002@example.jp", "second@example.jp"]
    assert "まだお返事をいただいていません" in contents(world)[0]
    second = code_for(world, "M0002@example.jp")
    assert first != second
    for code in (first, second):
        assert contact_answers.contact_page(world.rt, code).member.member_id == "M0002"
    row = contact_board.request_of(world.rt, admin(world), BODY, campaign, "M0002").row
    assert row.reminded == 1


def test_when_all_have_answered_nobody_is_reminded(world, people):
    campaign = ask(world)
    for address in ("first@example.jp", "M0002@example.jp"):
        confirm_known(world.rt, code_for(world, address), PLANNING)

    with pytest.raises(NobodyToAsk):
        campaigns.proposal(world.rt, admin(world), BODY, Asking(REMIND, campaign=campaign))


def test_after_the_last_day_the_code_opens_nothing(world, people):
    campaign = ask(world)
    code = code_for(world, "first@example.jp")
    world.at("2026-06-30 23:59")
    assert contact_answers.contact_page(world.rt, code)

    world.at("2026-07-01 00:00")

    with pytest.raises(CampaignOver):
        contact_answers.contact_page(world.rt, code)
    with pytest.raises(CampaignOver):
        confirm_known(world.rt, code, PLANNING)
    with pytest.raises(CampaignOver):
        campaigns.proposal(world.rt, admin(world), BODY, Asking(REMIND, campaign=campaign))


def test_ended_early_no_code_works_and_waiting_mails_are_not_sent(world, people):
    asked = campaigns.request(world.rt, admin(world), BODY, ASKING)
    campaigns.approve(world.rt, checker(world), asked.id)

    campaigns.end(world.rt, admin(world), BODY, asked.id)
    schedule.send_mails(world.rt, limit=100)

    assert world.mails == []
    with pytest.raises(CampaignOver):
        campaigns.end(world.rt, admin(world), BODY, asked.id)
    with pytest.raises(NoSuchCampaign):
        campaigns.end(world.rt, admin(world), "another", asked.id)


def test_a_code_of_the_ballot_opens_no_contact_data_and_a_contact_code_opens_no_ballot(world, people):
    ask(world)

    with pytest.raises(UnknownContactCode):
        contact_answers.contact_page(world.rt, world.codes["M0001"])
    with pytest.raises(NotACode):
        contact_answers.contact_page(world.rt, "short")
    with pytest.raises(UnknownCode):
        ballots.open_code(world.rt, code_for(world, "first@example.jp"))


def test_a_member_that_has_left_is_asked_no_more(world, people):
    campaign = ask(world)
    code = code_for(world, "first@example.jp")
    membership.leave(world.rt, admin(world), BODY, "M0001", left="2026-05-01")

    with pytest.raises(UnknownContactCode):
        contact_answers.contact_page(world.rt, code)
    assert states(world)["M0001"] == "left"
    assert campaigns.proposal(world.rt, admin(world), BODY, Asking(REMIND, campaign=campaign)).members == 1


def test_the_frozen_roll_does_not_change_and_the_page_says_so(world, people):
    campaign = ask(world)
    code = code_for(world, "first@example.jp")
    assert contact_answers.contact_page(world.rt, code).is_frozen
    ask_change(world.rt, code, PLANNING, {"addresses": "new@example.jp"})
    seen = contact_board.request_of(world.rt, admin(world), BODY, campaign, "M0001").seen
    take_over(world.rt, admin(world), BODY, campaign, "M0001", ("addresses",), seen=seen)

    frozen = member_list.member_page(world.rt, admin(world), BODY, "M0001").frozen[0].entry
    assert frozen is not None and "new@example.jp" not in frozen.addresses


def test_a_year_after_the_last_day_nobody_s_words_and_addresses_are_left(world, people):
    campaign = ask(world)
    say_elsewhere(
        world.rt, code_for(world, "first@example.jp"), PLANNING, remark="総務課の架空 次郎が担当です。"
    )
    world.at("2027-07-01 09:00")
    schedule.run_due(world.rt)
    assert contact_board.request_of(world.rt, admin(world), BODY, campaign, "M0001").row.answered.person

    world.at("2027-07-02 09:00")
    schedule.run_due(world.rt)

    answered = contact_board.request_of(world.rt, admin(world), BODY, campaign, "M0001").row.answered
    assert (answered.section, answered.person, answered.remark, answered.answer) == ("", "", "", "elsewhere")
    with world.rt.database.reading() as tx:
        assert {row[0] for row in tx.all(select(contact_mail.c.address))} == {"erased"}
        assert tx.all(select(contact_token.c.member_id)) == []
    with pytest.raises(NothingToSettle):
        refuse(world.rt, admin(world), BODY, campaign, "M0001", why="もう読めない")


def test_a_new_address_is_taken_over_in_the_columns_of_the_register(world, people):
    campaign = ask(world)
    wanted = {"postcode": "329-0001", "address": "架空市2-2", "fax": ""}
    ask_change(world.rt, code_for(world, "first@example.jp"), PLANNING, wanted)
    asked = contact_board.request_of(world.rt, admin(world), BODY, campaign, "M0001")

    take_over(world.rt, admin(world), BODY, campaign, "M0001", ("postcode", "address"), seen=asked.seen)

    shown = member_list.member_page(world.rt, admin(world), BODY, "M0001").member
    assert asked.columns == (("postcode", "", "329-0001"), ("address", "", "架空市2-2"))
    assert shown == replace(people[0], other=(("郵便番号", "329-0001"), ("住所", "架空市2-2")))
