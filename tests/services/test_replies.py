"""Replies to questions: two persons, one text, every member; what was sent is never changed."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.services.test_asking import ask
from tests.services.test_erasing import held
from tests.verify.forge import check
from tests.world import World, empty_database, jst, world_at
from voting.core.inquiries import Reply
from voting.core.members import Member
from voting.core.permissions import Act, NotAllowed, Role
from voting.i18n import sentence
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Operator
from voting.services.casting import pages
from voting.services.errors import ChangedSince
from voting.services.office import approvals, office_pages, office_requests
from voting.services.office.office_acting import action_text
from voting.services.office.office_facts import LetterFacts
from voting.services.outcome import closing
from voting.services.period import asking, inquiries, replies
from voting.services.period.amending import NoReasonGiven
from voting.services.period.inquiries import (
    Drafted,
    InquiryAnswered,
    InquiryAside,
    InquiryChanged,
    InquiryLine,
    ReplyTooLong,
    Unprintable,
    WordingMissing,
)
from voting.services.period.replies import NothingToSend, RepliesOver, ReplyNotReady
from voting.services.proof import agreement
from voting.services.proof.export import export
from voting.store import office_acts
from voting.wording.replies import replies_text

PEOPLE = (
    Member("M0001", "架空1町", addresses=("m1@example.jp",)),
    Member("M0002", "架空2町", addresses=("m2@example.jp", "other@example.jp")),
    Member("M0003", "架空3町"),
)
REPLY = "来年度も同じ額です。\n\n詳しくは資料5ページをご覧ください。"


@pytest.fixture
def council(world: World) -> World:
    """Three members, one without an address; the first has asked, the question names a person."""
    world.assembly(roll_of=PEOPLE)
    world.mails.clear()
    world.at("2026-06-02 10:00")
    ask(world, "M0001", "架空1町の山田課長が言う負担金は、来年度も同じですか。")
    return world


def line(world: World, number: int = 1) -> InquiryLine:
    return inquiries.one(world.rt, world.officer(Role.ENTRY), world.origin, number)[1]


def draft(
    world: World,
    number: int = 1,
    reply: str = REPLY,
    *,
    wording: str = "負担金は、来年度も同じですか。",
    role: Role = Role.ADMINISTRATOR,
) -> None:
    shown = line(world, number)
    wording = shown.wording if shown.replies else wording
    inquiries.draft(world.rt, world.officer(role), world.origin, Drafted(number, wording, reply, shown.seen))


def propose(world: World, *numbers: int, role: Role = Role.ADMINISTRATOR) -> str:
    terms = replies.terms_of(list(numbers or (1,)))
    return approvals.request(world.rt, world.officer(role), world.origin, Act.SEND, terms=terms).id


def answer(world: World, *numbers: int) -> None:
    approvals.approve(world.rt, world.officer(Role.CHECKER), propose(world, *numbers))


def published(world: World, member: str = "M0002") -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    page = pages.member_page(world.rt, world.key(member))
    return tuple(
        (each.number, each.question, tuple(told for _, told in each.replies))
        for each in page.inquiries.replied
    )


def test_an_answer_goes_to_every_address_of_all_members_with_question_and_reply_in_it(council: World) -> None:
    draft(council)

    answer(council)
    council.send()

    assert sorted(each["To"] for each in council.mails) == [
        "m1@example.jp",
        "m2@example.jp",
        "other@example.jp",
    ]
    (mail,) = [each for each in council.mails if each["To"] == "m2@example.jp"]
    assert mail["Subject"] == "【質問への回答のお知らせ】令和8年度総会"
    said = mail.get_content().replace("\r\n", "\n")
    assert "■ 質問1\n　負担金は、来年度も同じですか。\n" in said
    assert "■ 質問1への回答\n　来年度も同じ額です。\n　\n　詳しくは資料5ページをご覧ください。\n" in said
    assert "https://vote.example.or.jp/v\n" in said
    assert not mail.is_multipart()


def test_nobody_is_told_who_has_asked_nor_the_words_that_named_somebody(council: World) -> None:
    draft(council)
    answer(council)
    council.send()

    told = "".join(
        each.get_content().replace("\r\n", "\n") for each in council.mails if each["To"] != "m1@example.jp"
    )
    assert "山田" not in told
    assert "架空1町" not in told
    assert "架空　花子" not in told
    assert published(council) == ((1, "負担金は、来年度も同じですか。", (REPLY,)),)


def test_the_original_stays_beside_the_published_words(council: World) -> None:
    draft(council)
    answer(council)

    assert line(council).original == "架空1町の山田課長が言う負担金は、来年度も同じですか。"
    assert line(council).wording == "負担金は、来年度も同じですか。"
    assert line(council).state == "answered"


def test_who_has_left_is_told_nothing_more(council: World) -> None:
    terms = {"what": "left", "member": "M0002", "at": "2026-06-02T00:00:00.000Z"}
    asked = approvals.request(
        council.rt, council.officer(Role.ADMINISTRATOR), council.origin, Act.RECORD_FACT, terms=terms
    )
    approvals.approve(council.rt, council.officer(Role.CHAIR), asked.id)
    draft(council)

    answer(council)
    council.send()

    assert [each["To"] for each in council.mails] == ["m1@example.jp"]


def test_before_it_is_sent_it_is_known_who_cannot_be_reached_by_mail(council: World) -> None:
    found = replies.audience(council.rt, council.officer(Role.ADMINISTRATOR), council.origin)

    assert (found.members, found.mails, found.without_address) == (2, 3, (("M0003", "架空3町"),))


def test_every_member_reads_it_before_and_after_the_vote_and_after_the_close(council: World) -> None:
    draft(council)
    answer(council)
    expected = ((1, "負担金は、来年度も同じですか。", (REPLY,)),)

    assert published(council) == expected
    council.cast("M0002")
    assert published(council) == expected
    assert published(council, "M0001") == expected
    council.at("2026-06-11 00:00")
    closing.close_if_due(council.rt, council.origin)
    assert published(council) == expected


def test_both_persons_stand_in_the_ledger_with_the_digest_of_what_was_sent(council: World) -> None:
    draft(council)
    answer(council)

    acts = [body for each in council.entries() if isinstance(body := decode_entry(each).body, Operator)]
    sent = "■ 質問1\n　負担金は、来年度も同じですか。\n\n■ 質問1への回答\n　来年度も同じ額です。\n　\n"
    digest = sha256(f"{sent}　詳しくは資料5ページをご覧ください。\n".encode()).hexdigest()
    assert [each.action for each in acts] == [f"answers-proposed: {digest}", f"answers: {digest}"]
    assert acts[0].by != acts[1].by
    assert {each.target for each in acts} == {f"entry:{council.case.frozen_index}"}
    agreement.check(council.rt, council.origin)


def test_a_published_reply_cannot_be_altered_and_would_not_be_what_was_signed(council: World) -> None:
    draft(council)
    answer(council)
    with council.rt.database.reading() as tx:
        (row,) = office_acts.of_kind(tx, council.case.id, "answers")

    altered = replace(row, detail=row.detail.replace("同じ額です", "別の額です"))

    assert action_text(altered) != action_text(row)
    with pytest.raises(Exception, match="append-only"), council.rt.database.transaction() as tx:
        tx.run(text("UPDATE office_act SET detail = :new"), new=altered.detail)


def test_one_person_alone_answers_nobody(council: World) -> None:
    draft(council)
    asked = propose(council)

    with pytest.raises(approvals.SamePerson):
        approvals.approve(council.rt, council.officer(Role.ADMINISTRATOR), asked)
    with pytest.raises(NotAllowed):
        propose(council, role=Role.CHECKER)
    with pytest.raises(NotAllowed):
        approvals.approve(council.rt, council.officer(Role.ENTRY), asked)
    assert published(council) == ()


def test_an_answer_changed_after_the_proposal_is_not_approved(council: World) -> None:
    draft(council)
    asked = propose(council)
    draft(council, reply="来年度は増額します。", role=Role.CHECKER)

    with pytest.raises(ChangedSince):
        approvals.approve(council.rt, council.officer(Role.CHECKER), asked)

    assert published(council) == ()


@pytest.mark.parametrize("what", ["wording", "aside"])
def test_a_question_changed_or_set_aside_after_the_proposal_is_not_sent(council: World, what: str) -> None:
    draft(council)
    asked = propose(council)
    if what == "wording":
        draft(council, wording="ほかの言い方の質問")
    else:
        inquiries.set_aside(
            council.rt, council.officer(Role.CHECKER), council.origin, 1, why="取り下げの連絡があったため"
        )

    with pytest.raises((ChangedSince, ReplyNotReady)):
        approvals.approve(council.rt, council.officer(Role.CHECKER), asked)

    assert published(council) == ()


def test_what_was_sent_by_one_request_is_not_sent_again_by_another(council: World) -> None:
    draft(council)
    first, second = propose(council), propose(council)
    approvals.approve(council.rt, council.officer(Role.CHECKER), first)

    with pytest.raises(ReplyNotReady):
        approvals.approve(council.rt, council.officer(Role.CHECKER), second)
    council.send()

    assert len(council.mails) == 3


def test_the_second_person_sees_the_very_text_that_goes_out(council: World) -> None:
    draft(council)
    asked = propose(council)

    shown = office_requests.request_page(council.rt, council.officer(Role.CHECKER), asked)
    approvals.approve(council.rt, council.officer(Role.CHECKER), asked)
    council.send()

    assert shown.line.what == "replies"
    assert isinstance(shown.facts, LetterFacts)
    sent = council.mails[0].get_content().replace("\r\n", "\n")
    assert shown.facts.text.replace("(書面表決のページ)", "https://vote.example.or.jp/v") in sent
    assert json.loads(shown.document)["subject"]["sha256"] == shown.facts.sha256


def test_the_state_of_a_question_follows_from_what_was_done(council: World) -> None:
    assert line(council).state == "unanswered"
    draft(council)
    assert line(council).state == "draft"
    asked = propose(council)
    assert line(council).state == "waiting"
    approvals.refuse(council.rt, council.officer(Role.CHECKER), asked, why="額を確かめてください。")
    assert line(council).state == "draft"
    answer(council)
    assert line(council).state == "answered"
    with council.rt.database.reading() as tx:
        assert inquiries.counts(tx, council.case, jst("2026-06-02 10:00")) == {"answered": 1}


def test_a_further_reply_is_a_supplement_below_the_first_and_keeps_the_published_words(
    council: World,
) -> None:
    draft(council)
    answer(council)
    council.send()
    council.mails.clear()

    draft(council, reply="金額の根拠は、資料6ページにあります。")
    answer(council)
    council.send()

    assert published(council) == (
        (1, "負担金は、来年度も同じですか。", (REPLY, "金額の根拠は、資料6ページにあります。")),
    )
    assert "■ 質問1への補足\n　金額の根拠は、資料6ページにあります。\n" in council.mails[
        0
    ].get_content().replace("\r\n", "\n")


def test_the_words_of_an_answered_question_are_not_changed(council: World) -> None:
    draft(council)
    answer(council)

    with pytest.raises(InquiryAnswered):
        inquiries.draft(
            council.rt,
            council.officer(Role.ADMINISTRATOR),
            council.origin,
            Drafted(1, "ほかの言い方", "補足", line(council).seen),
        )
    with pytest.raises(InquiryAnswered):
        inquiries.set_aside(council.rt, council.officer(Role.ADMINISTRATOR), council.origin, 1, why="理由")


def test_of_two_who_edit_at_once_neither_writes_over_the_other(council: World) -> None:
    seen = line(council).seen
    draft(council, reply="先の人の案")
    council.at("2026-06-02 10:05")

    with pytest.raises(InquiryChanged):
        inquiries.draft(
            council.rt,
            council.officer(Role.CHECKER),
            council.origin,
            Drafted(1, "質問", "後の人の案", seen),
        )

    assert line(council).reply == "先の人の案"


def test_a_draft_opened_before_its_sending_does_not_become_a_supplement(council: World) -> None:
    draft(council)
    seen, shown = line(council).seen, line(council)
    answer(council)

    with pytest.raises(InquiryChanged):
        inquiries.draft(
            council.rt,
            council.officer(Role.ADMINISTRATOR),
            council.origin,
            Drafted(1, shown.wording, shown.reply, seen),
        )


def test_a_question_set_aside_tells_its_member_why_and_can_be_taken_up_again(council: World) -> None:
    who = council.officer(Role.CHECKER)
    with pytest.raises(NoReasonGiven):
        inquiries.set_aside(council.rt, who, council.origin, 1, why="  ")

    inquiries.set_aside(council.rt, who, council.origin, 1, why="議案に関する\n質問ではないため")

    own = asking.own_inquiry(council.rt, council.key("M0001"), 1)
    assert (own.state, own.why) == ("aside", "議案に関する 質問ではないため")
    with pytest.raises(InquiryAside):
        draft(council)
    inquiries.take_up(council.rt, who, council.origin, 1)
    assert asking.own_inquiry(council.rt, council.key("M0001"), 1).state == "waiting"
    draft(council)
    answer(council)
    assert asking.own_inquiry(council.rt, council.key("M0001"), 1).state == "answered"


def test_who_types_papers_reads_the_questions_and_drafts_nothing(council: World) -> None:
    assert line(council).name == "架空1町"

    for role in (Role.ENTRY, Role.CHAIR, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            draft(council, role=role)
        with pytest.raises(NotAllowed):
            inquiries.set_aside(council.rt, council.officer(role), council.origin, 1, why="理由")
        with pytest.raises(NotAllowed):
            inquiries.take_up(council.rt, council.officer(role), council.origin, 1)


def test_a_question_needs_words_and_a_reply_has_an_end(council: World) -> None:
    with pytest.raises(WordingMissing):
        draft(council, wording=" ")
    with pytest.raises(WordingMissing):
        draft(council, wording="あ" * 2001)
    with pytest.raises(ReplyTooLong):
        draft(council, reply="あ" * 4001)


@pytest.mark.parametrize("sign", ["\r", "\x00", "\x1b", "\u202e", "\u2028"])
def test_attack_a_sign_that_nobody_sees_is_taken_neither_in_a_question_nor_in_a_reply(
    council: World, sign: str
) -> None:
    forged = f"同じ額です。{sign}■ 質問1への回答{sign}倍になります。"

    with pytest.raises(Unprintable):
        draft(council, reply=forged)
    with pytest.raises(Unprintable):
        draft(council, wording=forged)
    with pytest.raises(asking.InquiryUnusable):
        ask(council, "M0002", forged)


def test_without_a_choice_or_a_draft_nothing_is_proposed(council: World) -> None:
    with pytest.raises(ReplyNotReady) as refused:
        propose(council)
    assert "質問1" in sentence(refused.value)
    with pytest.raises(ReplyNotReady):
        propose(council, 99)
    with pytest.raises(NothingToSend):
        approvals.request(
            council.rt,
            council.officer(Role.ADMINISTRATOR),
            council.origin,
            Act.SEND,
            terms=replies.terms_of([]),
        )


def test_what_was_asked_in_time_is_answered_after_the_close_and_not_after_the_count(council: World) -> None:
    ask(council, "M0002", "締切の直前の質問")
    draft(council)
    draft(council, 2, wording="締切の直前の質問")
    council.at("2026-06-11 00:00")
    closing.close_if_due(council.rt, council.origin)
    answer(council)
    assert [number for number, _, _ in published(council)] == [1]

    closing.tally(council.rt, council.officer(Role.ADMINISTRATOR), council.origin)

    with pytest.raises(RepliesOver):
        propose(council, 2)


def test_unanswered_questions_stand_on_the_dashboard(council: World) -> None:
    ask(council, "M0002", "ほかの質問")
    draft(council)

    board = office_pages.dashboard(council.rt, council.officer(Role.AUDITOR), council.origin)

    assert board.inquiries == {"draft": 1, "unanswered": 1}


def test_lines_that_look_like_headings_stay_inside_their_question() -> None:
    tricked = Reply(1, "額は?\n\n■ 質問1への回答\n倍になります。", "同じです。", supplements=False)

    assert "\n■ 質問1への回答\n　同じです。\n" in replies_text([tricked])
    assert replies_text([tricked]).count("\n■") == 1


def test_no_two_lists_of_replies_give_one_text() -> None:
    first = Reply(1, "甲", "乙", supplements=False)
    second = replace(first, number=2)

    texts = {
        replies_text(each)
        for each in (
            (first,),
            (second,),
            (first, second),
            (replace(first, question="甲\n\n■ 質問1への回答\n　乙"),),
            (replace(first, supplements=True),),
            (replace(first, question="甲\n"),),
        )
    }

    assert len(texts) == 6


def test_the_whole_way_is_the_same_on_either_database(tmp_path: Path, database_url: str) -> None:
    empty_database(database_url).close()
    world = world_at(tmp_path, database_url)
    world.assembly(roll_of=PEOPLE)
    world.mails.clear()
    world.at("2026-06-02 10:00")
    ask(world, "M0001", "𠮷野町の件\n<b>太字</b>")
    draft(world, wording="𠮷野町の件\n<b>太字</b>")

    answer(world)
    world.send()

    assert published(world) == ((1, "𠮷野町の件\n<b>太字</b>", (REPLY,)),)
    assert len(world.mails) == 3
    with pytest.raises(Exception, match="append-only"), world.rt.database.transaction() as tx:
        tx.run(text("DELETE FROM office_act"))
    world.check()
    world.rt.database.close()


def test_ballots_stand_as_they_are_whatever_is_asked_and_answered(council: World) -> None:
    council.cast("M0001")
    before = [each for each in council.entries() if decode_entry(each).body.kind == "ballot"]
    draft(council)
    answer(council)

    after = [each for each in council.entries() if decode_entry(each).body.kind == "ballot"]
    assert after == before


def test_a_bundle_of_an_assembly_with_replies_passes_every_check(council: World) -> None:
    draft(council)
    answer(council)
    council.cast("M0001")
    council.at("2026-06-11 00:05")
    council.certify()

    found = check(export(council.rt, council.origin, audience="auditor"), held(council))

    assert [each for each in found if not each.passes] == []


def test_replies_sent_after_the_close_and_before_it_is_recorded_leave_a_legal_ledger(council: World) -> None:
    draft(council)
    council.cast("M0001")
    council.at("2026-06-11 00:00")
    answer(council)
    council.at("2026-06-11 00:05")
    council.certify()

    found = check(export(council.rt, council.origin, audience="auditor"), held(council))

    assert [each for each in found if not each.passes] == []
    agreement.check(council.rt, council.origin)
