"""A draft is begun, changed as often as one likes, given up; after the freeze nothing of it changes."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from tests.services.drafting import CONTACT, begin, content, pdf, rename, seen
from tests.world import World, empty_database, jst, world_at
from voting.core.drafting import NumberTaken
from voting.core.faults import StatuteAsksConsent
from voting.core.motions import Method, Motion, MotionKind
from voting.core.permissions import Act, NotAllowed, Role
from voting.core.rules import COUNCIL, BodyKind, NonSubmission
from voting.services import assemblies, stages
from voting.services.assemblies import Paper
from voting.services.drafting import draft_documents, draft_starts, drafts
from voting.services.drafting.draft_motions import adding, moving, putting, removing
from voting.services.drafting.draft_starts import Beginning
from voting.services.drafting.drafts import (
    BASICS,
    DATES,
    MOTIONS,
    NEW,
    RULES,
    Content,
    EditedMeanwhile,
    FrozenAlready,
    WithdrawalReason,
    motion_part,
)
from voting.services.drafting.motion_texts import TEXT_NAME
from voting.services.errors import AlreadyThere, BodyDiffers, DraftWithdrawn, UnknownMotion
from voting.services.faults import UnsoundDocket
from voting.services.office import approvals
from voting.store import drafts as stored
from voting.store.documents import document_pages, read_document


@pytest.fixture
def drafted(world: World) -> World:
    world.draft()
    return world


@pytest.fixture
def on_either(tmp_path: Path, database_url: str) -> Iterator[World]:
    """A draft on SQLite, then on PostgreSQL: what two do at once has to come out alike."""
    empty_database(database_url).close()
    world = world_at(tmp_path, database_url)
    world.draft()
    yield world
    world.check()
    world.rt.database.close()


def revise(
    world: World, part: str, change: drafts.Change, *, shown: str | None = None, number: int = 1
) -> None:
    drafts.revise(
        world.rt,
        world.officer(Role.ADMINISTRATOR, number=number),
        world.origin,
        part,
        change,
        shown=seen(world, world.origin, part) if shown is None else shown,
    )


def with_rules(**changes: object) -> drafts.Change:
    def change(tx: object, before: Content) -> Content:
        rules = replace(before.docket.rules, **changes)
        return replace(before, docket=replace(before.docket, rules=rules))

    return change


def attach(world: World, content: bytes, name: str = "a.pdf", *, number: int = 1, replaces: str = "") -> None:
    draft_documents.attach(
        world.rt,
        world.officer(Role.ADMINISTRATOR),
        world.origin,
        number,
        Paper(name, content),
        replaces=replaces,
    )


def papers(world: World, number: int = 1) -> list[str]:
    return [each.name for each in world.case.docket.motion(number).documents]


# --- where a draft comes from -------------------------------------------------


def test_a_draft_begins_with_a_title_alone_and_dates_nobody_has_confirmed(drafted: World) -> None:
    origin = begin(drafted, preset="council")

    found = content(drafted, origin)
    assert found.docket.motions == ()
    assert found.docket.rules == COUNCIL
    assert found.dates_confirmed is False
    assert found.docket.assembly.schedule.opens_at > jst("2026-05-20 10:00")


def test_a_copy_has_rules_and_titles_and_neither_documents_nor_barred_members(drafted: World) -> None:
    revise(drafted, motion_part(2), putting(2, replace(drafted.case.docket.motion(2), barred=("M0001",)), ""))
    beginning = Beginning("council", "2027-06", CONTACT, "L1")

    origin = draft_starts.from_earlier(
        drafted.rt,
        drafted.officer(Role.ADMINISTRATOR),
        beginning,
        origin=drafted.origin,
        title="令和9年度総会",
    )

    found = content(drafted, origin)
    before = drafted.case.docket
    assert found.docket.rules == before.rules
    assert [(each.title, each.depends_on) for each in found.docket.motions] == [
        (each.title, each.depends_on) for each in before.motions
    ]
    assert all(each.documents == () and each.barred == () for each in found.docket.motions)
    assert found.dates_confirmed is False
    with drafted.rt.database.reading() as tx:
        state = stored.find(tx, assemblies.find(drafted.rt, origin).id)
    assert state is not None and state.copied_from == drafted.origin


def test_the_file_of_an_assembly_makes_the_same_assembly(drafted: World) -> None:
    administrator = drafted.officer(Role.ADMINISTRATOR)
    source = draft_starts.as_file(drafted.rt, administrator, drafted.origin)

    origin = draft_starts.from_file(
        drafted.rt, administrator, Beginning("council", "copy", CONTACT, "L1"), source=source
    )

    bare = tuple(replace(each, documents=()) for each in drafted.case.docket.motions)
    expected = replace(drafted.case.docket, motions=bare)
    found = content(drafted, origin).docket
    assert found == expected
    assert found.assembly.schedule.opens_at.astimezone(UTC) == expected.assembly.schedule.opens_at


def test_a_file_of_another_body_is_refused(drafted: World) -> None:
    administrator = drafted.officer(Role.ADMINISTRATOR)
    source = draft_starts.as_file(drafted.rt, administrator, drafted.origin).replace("架空協議会", "別の会")

    with pytest.raises(BodyDiffers):
        draft_starts.from_file(
            drafted.rt, administrator, Beginning("council", "copy", CONTACT, "L1"), source=source
        )


@pytest.mark.parametrize("role", [Role.ENTRY, Role.CHECKER, Role.CHAIR, Role.AUDITOR])
def test_nobody_but_an_administrator_changes_a_draft(drafted: World, role: Role) -> None:
    who, rt = drafted.officer(role), drafted.rt

    with pytest.raises(NotAllowed):
        drafts.revise(rt, who, drafted.origin, BASICS, rename("別"), shown="")
    with pytest.raises(NotAllowed):
        drafts.withdraw(rt, who, drafted.origin, why="…")
    with pytest.raises(NotAllowed):
        draft_documents.attach(rt, who, drafted.origin, 1, Paper("a.pdf", pdf()))
    with pytest.raises(NotAllowed):
        draft_starts.from_nothing(rt, who, Beginning("council", "x", CONTACT, "L1"), title="別", preset="")


# --- two clerks ---------------------------------------------------------------


def test_the_second_of_two_clerks_is_told_who_was_first_and_nothing_is_lost(drafted: World) -> None:
    both_saw = seen(drafted, drafted.origin)
    revise(drafted, BASICS, rename("一人目の名称"), shown=both_saw)
    drafted.at("2026-05-20 10:05")

    with pytest.raises(EditedMeanwhile) as told:
        revise(drafted, BASICS, rename("二人目の名称"), shown=both_saw, number=2)

    assert told.value.by == "administrator 担当1"
    assert told.value.at == jst("2026-05-20 10:00")
    assert drafted.case.docket.assembly.title == "一人目の名称"
    revise(drafted, BASICS, rename("二人目の名称"), number=2)
    assert drafted.case.docket.assembly.title == "二人目の名称"


def test_two_clerks_on_two_parts_do_not_disturb_each_other(drafted: World) -> None:
    title, rules = seen(drafted, drafted.origin), seen(drafted, drafted.origin, RULES)

    revise(drafted, BASICS, rename("新しい名称"), shown=title)
    revise(drafted, RULES, with_rules(abstain=True), shown=rules, number=2)

    assert drafted.case.docket.assembly.title == "新しい名称"
    assert drafted.case.docket.rules.abstain is True


def test_of_many_clerks_at_the_same_moment_one_is_stored_and_the_others_are_told(on_either: World) -> None:
    shown, told, start = seen(on_either, on_either.origin), list[Exception](), threading.Barrier(6)

    def save(place: int) -> None:
        start.wait()
        try:
            revise(on_either, BASICS, rename(f"名称{place}"), shown=shown, number=place % 2 + 1)
        except EditedMeanwhile as refused:
            told.append(refused)

    threads = [threading.Thread(target=save, args=(place,)) for place in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert len(told) == 5
    assert on_either.case.docket.assembly.title.startswith("名称")


def test_a_freeze_and_a_change_at_once_freeze_what_was_approved_or_nothing(
    on_either: World,
) -> None:
    rt = on_either.rt
    request = approvals.request(rt, on_either.officer(Role.ADMINISTRATOR), on_either.origin, Act.FREEZE)
    refused, start = list[Exception](), threading.Barrier(2)

    def change() -> None:
        start.wait()
        try:
            revise(on_either, BASICS, rename("すり替えた名称"))
        except FrozenAlready as fault:
            refused.append(fault)

    def approve() -> None:
        start.wait()
        try:
            approvals.approve(on_either.rt, on_either.officer(Role.CHECKER), request.id)
        except approvals.ChangedSince as fault:
            refused.append(fault)

    threads = [threading.Thread(target=change), threading.Thread(target=approve)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    frozen = on_either.case.frozen_index is not None
    assert len(refused) == 1
    assert (on_either.case.docket.assembly.title == "令和8年度総会") is frozen


# --- what is changed ----------------------------------------------------------


def test_motions_are_added_put_moved_and_taken_out(drafted: World) -> None:
    revise(drafted, NEW, adding(Motion(3, "規約の改正", depends_on=(2,)), "第3条を次のとおり改める。"))
    revise(drafted, MOTIONS, moving(3, down=False))
    moved = drafted.case.docket

    assert [(each.number, each.title, each.depends_on) for each in moved.motions] == [
        (1, "事業計画について", ()),
        (2, "規約の改正", (3,)),
        (3, "予算について", (1,)),
    ]
    revise(drafted, motion_part(2), removing(2))
    assert [each.number for each in drafted.case.docket.motions] == [1, 3]


def test_a_text_is_a_paper_that_is_fixed_with_the_docket(drafted: World) -> None:
    revise(drafted, NEW, adding(Motion(3, "規約の改正"), "第3条を\r\n次のとおり改める。\n\n"))

    (paper,) = drafted.case.docket.motion(3).documents
    with drafted.rt.database.reading() as tx:
        kept = read_document(tx, paper.sha256)
    assert paper.name == TEXT_NAME
    assert kept == "第3条を\n次のとおり改める。\n".encode()


def test_attack_a_rule_against_the_statute_is_not_even_kept_in_a_draft(drafted: World) -> None:
    drafted.origin = begin(drafted, kind=BodyKind.NPO)

    with pytest.raises(UnsoundDocket) as refused:
        revise(drafted, RULES, with_rules(non_submission=NonSubmission.FOR, clauses={"deemed": "第9条"}))

    assert isinstance(refused.value.faults[0], StatuteAsksConsent)
    assert content(drafted, drafted.origin).docket.rules.non_submission is NonSubmission.NOT_COUNTED


def test_what_is_merely_missing_is_kept(drafted: World) -> None:
    revise(drafted, RULES, with_rules(clauses={}))

    assert drafted.case.docket.rules.clauses == {}


@pytest.mark.parametrize(
    "change",
    [
        adding(Motion(3, "三", depends_on=(9,)), ""),
        adding(Motion(3, "三", barred=("M9999",)), ""),
        putting(1, Motion(1, "一", depends_on=(2,)), ""),
        adding(
            Motion(3, "三", MotionKind.ELECTION, method=Method.SLATE, seats=1, candidates=("甲", "乙")), ""
        ),
    ],
)
def test_what_no_count_could_be_made_with_is_refused_and_the_draft_stays(
    drafted: World, change: drafts.Change
) -> None:
    before = drafted.case.docket

    with pytest.raises(UnsoundDocket):
        revise(drafted, MOTIONS, change)

    assert drafted.case.docket == before


def test_a_number_given_twice_and_a_motion_that_is_not_there_are_refused(drafted: World) -> None:
    with pytest.raises(NumberTaken):
        revise(drafted, NEW, adding(Motion(2, "二"), ""))
    with pytest.raises(UnknownMotion):
        revise(drafted, MOTIONS, moving(9, down=True))


# --- documents ----------------------------------------------------------------


def test_a_document_is_added_replaced_and_taken_away(drafted: World) -> None:
    attach(drafted, pdf(3), "C:\\議案\\予算書.pdf", number=2)
    (paper,) = drafted.case.docket.motion(2).documents
    with drafted.rt.database.reading() as tx:
        assert document_pages(tx, paper.sha256) == 3

    attach(drafted, pdf(4), "予算書(修正).pdf", number=2, replaces=paper.sha256)

    assert papers(drafted, 2) == ["予算書(修正).pdf"]
    with drafted.rt.database.reading() as tx:
        assert read_document(tx, paper.sha256) is None
    (paper,) = drafted.case.docket.motion(2).documents
    draft_documents.detach(drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, 2, paper.sha256)
    assert papers(drafted, 2) == []


def test_a_paper_uploaded_by_mistake_leaves_the_store_unless_another_has_it(drafted: World) -> None:
    attach(drafted, pdf(title="個人情報"), "x.pdf", number=1)
    attach(drafted, pdf(title="個人情報"), "y.pdf", number=2)
    digest = drafted.case.docket.motion(2).documents[0].sha256
    administrator = drafted.officer(Role.ADMINISTRATOR)

    draft_documents.detach(drafted.rt, administrator, drafted.origin, 1, digest)
    with drafted.rt.database.reading() as tx:
        assert read_document(tx, digest) is not None
    draft_documents.detach(drafted.rt, administrator, drafted.origin, 2, digest)
    with drafted.rt.database.reading() as tx:
        assert read_document(tx, digest) is None


@pytest.mark.parametrize("name", ["", "a" * 117 + ".pdf", TEXT_NAME, "a\u202efdp.exe", "a\n.pdf", "/"])
def test_attack_a_file_name_that_is_none(drafted: World, name: str) -> None:
    with pytest.raises(draft_documents.DocumentNameUnusable):
        attach(drafted, pdf(), name)


def test_two_papers_of_a_motion_have_two_names(drafted: World) -> None:
    attach(drafted, pdf(1), "予算書.pdf", number=2)

    with pytest.raises(draft_documents.DocumentNamed):
        attach(drafted, pdf(2), "予算書.pdf", number=2)
    with pytest.raises(draft_documents.NoSuchDocument):
        attach(drafted, pdf(2), "別.pdf", number=2, replaces="0" * 64)
    with pytest.raises(UnknownMotion):
        attach(drafted, pdf(2), "別.pdf", number=9)
    assert papers(drafted, 2) == ["予算書.pdf"]


def test_the_office_reads_a_paper_of_a_draft_and_the_public_does_not(drafted: World) -> None:
    attach(drafted, pdf(1), "予算書.pdf", number=2)
    digest = drafted.case.docket.motion(2).documents[0].sha256
    who = drafted.officer(Role.AUDITOR)

    assert draft_documents.read(drafted.rt, who, drafted.origin, digest) == pdf(1)
    assert draft_documents.read(drafted.rt, who, drafted.origin, "0" * 64) is None
    assert assemblies.document(drafted.rt, digest) is None


# --- given up, and frozen -----------------------------------------------------


def test_a_withdrawn_draft_leaves_the_list_and_nothing_is_done_with_it(drafted: World) -> None:
    rt, administrator = drafted.rt, drafted.officer(Role.ADMINISTRATOR)
    request = approvals.request(rt, administrator, drafted.origin, Act.FREEZE)
    with pytest.raises(WithdrawalReason):
        drafts.withdraw(rt, administrator, drafted.origin, why=" \n")

    drafts.withdraw(rt, administrator, drafted.origin, why="会議で開くことになった")

    assert stages.assembly_lines(rt) == ()
    with pytest.raises(DraftWithdrawn):
        revise(drafted, BASICS, rename("別"))
    with pytest.raises(DraftWithdrawn):
        approvals.request(rt, administrator, drafted.origin, Act.FREEZE)
    with pytest.raises(DraftWithdrawn):
        approvals.approve(rt, drafted.officer(Role.CHECKER), request.id)
    with pytest.raises(DraftWithdrawn):
        drafts.withdraw(rt, administrator, drafted.origin, why="もう一度")
    assert drafted.case.frozen_index is None


def test_the_name_of_a_withdrawn_draft_is_not_used_again(drafted: World) -> None:
    drafts.withdraw(drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, why="誤り")

    with pytest.raises(AlreadyThere):
        begin(drafted, slug="2026-06")


def test_after_the_freeze_nothing_of_it_changes(drafted: World) -> None:
    drafted.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    sealed = drafted.case.sealed_docket

    for change in (
        lambda: revise(drafted, BASICS, rename("別")),
        lambda: revise(drafted, DATES, rename("別")),
        lambda: attach(drafted, pdf()),
        lambda: drafts.withdraw(
            drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, why="取りやめ"
        ),
    ):
        with pytest.raises(FrozenAlready):
            change()
    assert drafted.case.sealed_docket == sealed


def test_of_two_clerks_who_propose_the_freeze_one_request_freezes_and_the_other_says_it_is_done(
    drafted: World,
) -> None:
    rt = drafted.rt
    one = approvals.request(rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, Act.FREEZE)
    other = approvals.request(rt, drafted.officer(Role.ADMINISTRATOR, number=2), drafted.origin, Act.FREEZE)

    approvals.approve(rt, drafted.officer(Role.CHECKER), one.id)

    with pytest.raises(approvals.RequestEnded) as refused:
        approvals.approve(rt, drafted.officer(Role.CHECKER, number=2), other.id)
    assert refused.value.what == "overtaken"


def test_an_approval_of_what_was_changed_since_freezes_nothing(drafted: World) -> None:
    request = approvals.request(drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, Act.FREEZE)
    attach(drafted, pdf(1), "差し替え.pdf", number=2)

    with pytest.raises(approvals.ChangedSince):
        approvals.approve(drafted.rt, drafted.officer(Role.CHECKER), request.id)

    assert drafted.case.frozen_index is None
