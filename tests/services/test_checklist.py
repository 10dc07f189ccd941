"""Before the freeze: what blocks it is refused by the verb itself, what warns is left to two persons."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from tests.officers import hire, unenrolled
from tests.services.drafting import begin, pdf, rename, seen
from tests.world import World
from voting.core.members import Member
from voting.core.motions import Motion
from voting.core.permissions import Act, Role
from voting.core.rules import COUNCIL
from voting.i18n import sentence
from voting.mail.smtp import MailNotTaken
from voting.services.assemblies import Paper
from voting.services.drafting import draft_documents, drafts, mail_tests
from voting.services.drafting.checklist import Checklist, ClauseMissing
from voting.services.drafting.draft_motions import adding
from voting.services.drafting.draft_pages import checks_of
from voting.services.drafting.drafts import BASICS, DATES, NEW, RULES, Content
from voting.services.drafting.mail_tests import NotAnAddress
from voting.services.faults import UnsoundDocket
from voting.services.office import approvals, recovery
from voting.store import accounts, members
from voting.store.tables import account


@pytest.fixture
def drafted(world: World) -> World:
    world.draft()
    return world


def checks(world: World) -> Checklist:
    return checks_of(world.rt, world.officer(Role.CHAIR), world.origin)


def of_test_mail(world: World) -> list[str]:
    return [each.what for each in checks(world).warnings if each.code == "test-mail-missing"]


def blocking(world: World) -> list[str]:
    return [each.code for each in checks(world).blocking]


def warnings(world: World) -> list[str]:
    return [each.code for each in checks(world).warnings]


def revise(world: World, part: str, change: drafts.Change) -> None:
    who = world.officer(Role.ADMINISTRATOR)
    drafts.revise(world.rt, who, world.origin, part, change, shown=seen(world, world.origin, part))


def confirm(world: World, *, days: int | None = None) -> None:
    def change(tx: object, before: Content) -> Content:
        return replace(before, dates_confirmed=True, notice_days=days)

    revise(world, DATES, change)


def members_are(world: World, *people: Member) -> None:
    with world.rt.database.transaction() as tx:
        members.put(tx, "council", people, now="2026-05-20T00:00:00.000Z")


def test_a_new_draft_is_ready_step_by_step(drafted: World) -> None:
    drafted.origin = begin(drafted, preset="council")
    assert blocking(drafted) == ["deemed-without-clause", "no-motion", "dates-unconfirmed"]

    revise(drafted, NEW, adding(Motion(1, "予算について"), ""))
    assert blocking(drafted) == ["deemed-without-clause", "dates-unconfirmed"]
    confirm(drafted)
    assert blocking(drafted) == ["deemed-without-clause"]
    with pytest.raises(UnsoundDocket):
        approvals.request(drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, Act.FREEZE)

    def clause(tx: object, before: Content) -> Content:
        rules = replace(COUNCIL, clauses={"deemed": "規約第12条第3項"})
        return replace(before, docket=replace(before.docket, rules=rules))

    revise(drafted, RULES, clause)

    assert blocking(drafted) == []
    drafted.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    assert drafted.case.frozen_index is not None


def test_a_body_without_members_is_not_frozen(drafted: World) -> None:
    gone = [Member(f"M{number:04d}", "架空町", left=date(2026, 5, 1)) for number in range(1, 6)]
    members_are(drafted, *gone)

    assert blocking(drafted) == ["roll-empty"]


def test_a_period_that_is_over_and_a_missing_contact_block(drafted: World) -> None:
    def change(tx: object, before: Content) -> Content:
        return replace(before, contact=" ")

    revise(drafted, BASICS, change)
    drafted.at("2026-06-11 00:00")

    assert blocking(drafted) == ["over-before-notice", "contact-missing"]


def test_an_officer_who_never_signed_in_is_no_second_person(drafted: World) -> None:
    hire(drafted, Role.ADMINISTRATOR)
    with drafted.rt.database.transaction() as tx:
        accounts.set_password(tx, "checker-1", password_hash="-", by="administrator-1")
        accounts.set_lock(tx, "checker-2", "2026-05-20T00:00:00.000Z")

    (told,) = checks(drafted).blocking

    assert sentence(told).startswith(
        "承認できる二人目の担当者が、まだログインできません("
        "administrator 担当2(administrator-2): 認証アプリ・パスキーが未登録、"
        "checker 担当1(checker-1): 初回用パスワードのまま、"
        "checker 担当2(checker-2): ロック中)。"
    )
    assert "checker 担当1 (checker-1): still has its first password" in sentence(told, "en")
    with pytest.raises(UnsoundDocket):
        drafted.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)


def test_a_first_password_that_was_replaced_is_not_enough_without_a_second_factor(drafted: World) -> None:
    hire(drafted, Role.ADMINISTRATOR)
    unenrolled(drafted, Role.CHECKER)
    assert blocking(drafted) == ["second-person-out"]

    hire(drafted, Role.CHECKER)

    assert blocking(drafted) == []


def test_who_was_recovered_is_no_second_person_before_signing_in_again(drafted: World) -> None:
    hire(drafted, Role.ADMINISTRATOR)
    hire(drafted, Role.CHECKER)
    recovery.by_host(drafted.rt, "checker-1")

    assert blocking(drafted) == ["second-person-out"]


def test_where_nobody_uses_the_pages_the_passwords_of_the_host_are_enough(drafted: World) -> None:
    """Commands on the host ask for the password alone (docs/operations.md)."""
    assert blocking(drafted) == []


def test_one_person_alone_cannot_freeze(drafted: World) -> None:
    locked = [
        each.id
        for role in (Role.ADMINISTRATOR, Role.CHECKER)
        for each in (drafted.officer(role), drafted.officer(role, number=2))
        if each.id != "administrator-1"
    ]
    with drafted.rt.database.transaction() as tx:
        for each in locked:
            tx.run(update(account).where(account.c.id == each).values(locked_at="2026-05-20T00:00:00.000Z"))

    assert blocking(drafted) == ["second-person-out"]


def test_where_there_is_but_one_account_another_is_to_be_made(drafted: World) -> None:
    with drafted.rt.database.transaction() as tx:
        tx.run(update(account).where(account.c.id != "administrator-1").values(role="entry"))

    assert blocking(drafted) == ["second-person-missing"]


def test_what_should_be_looked_at_is_named_and_does_not_block(drafted: World) -> None:
    members_are(drafted, Member("M0002", "架空2町"))
    found = warnings(drafted)

    assert blocking(drafted) == []
    # The roll of a day to come; the clauses of majority, blanks, late and repeated answers.
    assert found == [
        "record-date-ahead",
        "clause-missing",
        "motion-bare",
        "without-address",
        "copy-untested",
        "test-mail-missing",
    ]
    drafted.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    assert drafted.case.frozen_index is not None


def test_all_rules_without_a_clause_are_one_line(drafted: World) -> None:
    said = [sentence(each) for each in checks(drafted).warnings if isinstance(each, ClauseMissing)]

    assert said == [
        "使う規則のうち、根拠となる条項が書かれていないもの: "
        "議決要件、無記入の取扱い、期限後の取扱い、重複の取扱い"
    ]


def test_a_motion_with_a_text_or_a_document_is_not_bare(drafted: World) -> None:
    draft_documents.attach(
        drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, 2, Paper("予算書.pdf", pdf())
    )

    assert "motion-bare" not in warnings(drafted)


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\uf0b7", "\u202e"])
def test_attack_a_title_with_a_sign_that_no_paper_can_print_is_not_frozen(drafted: World, sign: str) -> None:
    """It could be voted upon, and its result could never be certified."""
    revise(drafted, BASICS, rename(f"令和8年度{sign}総会"))

    assert blocking(drafted) == ["no-glyph"]
    assert f"U+{ord(sign):04X}" in sentence(checks(drafted).blocking[0])
    with pytest.raises(UnsoundDocket):
        drafted.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)


@pytest.mark.parametrize(("disclosure", "blocks"), [("L0", True), ("L1", False), ("L2", False)])
def test_a_name_that_no_paper_can_print_blocks_where_the_result_prints_all_names(
    world: World, disclosure: str, *, blocks: bool
) -> None:
    world.draft(disclosure=disclosure)
    members_are(world, Member("M0003", "架空\u200b3町", addresses=("m3@example.jp",)))

    assert ("no-glyph-for-member" in blocking(world)) is blocks
    assert ("no-glyph-for-member" in warnings(world)) is not blocks


def test_an_opening_in_the_past_is_named(drafted: World) -> None:
    drafted.at("2026-06-02 09:00")

    assert warnings(drafted)[0] == "opens-in-past"


@pytest.mark.parametrize(("days", "is_short"), [(None, False), (21, False), (22, True)])
def test_the_notice_is_compared_with_the_days_the_rules_ask_for(
    drafted: World, days: int | None, is_short: bool
) -> None:
    """The close at midnight of 11 June is the end of 10 June: 21 days from 20 May."""
    confirm(drafted, days=days)

    assert ("notice-too-short" in warnings(drafted)) is is_short


# --- the test mail -----------------------------------------------------------------------------------


def test_a_test_mail_says_what_members_will_read_and_holds_no_code(drafted: World) -> None:
    assert of_test_mail(drafted) == ["test-never"]
    mail_tests.owe(drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, "clerk@example.jp")
    assert of_test_mail(drafted) == ["test-waiting"]

    drafted.send()

    (mail,) = drafted.mails
    assert mail["To"] == "clerk@example.jp"
    assert mail["Subject"] == "【試験送信】【書面表決のお願い】令和8年度総会"
    text = mail.get_content()
    assert "架空1町 御中" in text and "規約第12条第3項により" in text
    assert "(ここに24文字の回答コードが入ります)" in text
    assert "test-mail-missing" not in warnings(drafted)


def relay_that_refuses(answer: str, *, for_good: bool = True) -> Callable[[object], None]:
    def refuse(message: object) -> None:
        raise MailNotTaken(answer, for_good=for_good)

    return refuse


def send_test(world: World, *, answer: str = "", for_good: bool = True) -> None:
    """Send a test mail through a relay that takes it, or that answers something else."""
    relay = world.rt.send
    if answer:
        world.rt = replace(world.rt, send=relay_that_refuses(answer, for_good=for_good))
    mail_tests.owe(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, "clerk@example.jp")
    world.send()
    world.rt = replace(world.rt, send=relay)
    world.clock.at += timedelta(minutes=1)


def test_a_test_mail_that_failed_blocks_the_freeze_with_what_the_relay_said(drafted: World) -> None:
    send_test(drafted, answer="550 5.1.1 no such mailbox")

    (told,) = checks(drafted).blocking
    assert told.code == "test-mail-failed"
    assert "中継サーバーが、このメールを受け付けませんでした" in sentence(told)
    assert "応答の原文:「550 5.1.1 no such mailbox」" in sentence(told)
    assert 'As it was answered: "550 5.1.1 no such mailbox"' in sentence(told, "en")
    assert of_test_mail(drafted) == []
    with pytest.raises(UnsoundDocket):
        approvals.request(drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, Act.FREEZE)


def test_a_test_mail_that_is_tried_in_vain_blocks_although_it_is_not_given_up(drafted: World) -> None:
    send_test(drafted, answer="relay-unreachable: [Errno 111] Connection refused", for_good=False)

    (told,) = checks(drafted).blocking
    assert "中継サーバーにつながりません" in sentence(told) and "[Errno 111]" in sentence(told)


def test_one_test_mail_that_went_out_settles_those_that_failed(drafted: World) -> None:
    send_test(drafted, answer="550 no such mailbox")
    mail_tests.owe(drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, "clerk@example.jp")
    # It waits for the relay: nothing has been shown yet.
    assert blocking(drafted) == ["test-mail-failed"]

    drafted.send()

    assert blocking(drafted) == []
    drafted.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    assert drafted.case.frozen_index is not None


def test_a_test_mail_that_fails_after_one_that_went_out_blocks_again(drafted: World) -> None:
    send_test(drafted)
    send_test(drafted, answer="535 5.7.8 authentication failed", for_good=False)

    (told,) = checks(drafted).blocking
    assert "送信を認めませんでした" in sentence(told)


def test_where_every_notice_goes_by_post_a_test_mail_that_failed_is_a_caution(drafted: World) -> None:
    members_are(drafted, *(Member(f"M{number:04d}", f"架空{number}町") for number in range(1, 6)))
    send_test(drafted, answer="550 no such mailbox")

    assert blocking(drafted) == []
    assert "test-mail-failed" in warnings(drafted)


def test_a_test_mail_that_failed_after_the_request_stops_the_second_person(drafted: World) -> None:
    asked = approvals.request(drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, Act.FREEZE)
    send_test(drafted, answer="550 no such mailbox")

    with pytest.raises(UnsoundDocket):
        approvals.approve(drafted.rt, drafted.officer(Role.CHECKER), asked.id)

    assert drafted.case.frozen_index is None


def test_a_test_mail_sent_before_the_last_change_does_not_count(drafted: World) -> None:
    mail_tests.owe(drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, "clerk@example.jp")
    drafted.send()
    drafted.at("2026-05-20 10:30")
    revise(drafted, BASICS, rename("変えた名称"))

    assert of_test_mail(drafted) == ["test-old"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "clerk",
        "clerk@",
        "@example.jp",
        "a@b.jp, c@d.jp",
        "a@b.jp\nBcc: all@example.jp",
        "事務局 <a@b.jp>",
    ],
)
def test_attack_a_test_mail_to_more_than_one_address(drafted: World, address: str) -> None:
    with pytest.raises(NotAnAddress):
        mail_tests.owe(drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, address)

    drafted.send()
    assert drafted.mails == []
