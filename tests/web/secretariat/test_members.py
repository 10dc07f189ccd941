"""Organisations and members at the administrator's desk, and what the others may see of them."""

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest

from tests.web.secretariat.conftest import Desk
from tests.world import World
from voting.core.permissions import Act, Role
from voting.services import assemblies
from voting.services.assemblies import find
from voting.services.printing import paper_signing
from voting.services.register import bodies, membership, rolls
from voting.sheets.roll_sheet import read_roll
from voting.store import roll

COUNCIL = "/office/members/council"
NASU = {"member_id": "N0001", "name": "那須町", "kana": "なすまち", "code": "094072", "votes": "1",
        "prefecture": "栃木県", "category": "町", "kind": "正会員"}  # fmt: skip


@pytest.fixture
def clerk(seat: Callable[..., Desk]) -> Desk:
    return seat(Role.ADMINISTRATOR)


def member(number: str, what: str = "", body: str = COUNCIL) -> str:
    return f"{body}/member{what}?number={quote(number, safe='')}"


def join(clerk: Desk, **typed: str) -> None:
    clerk.get(f"{COUNCIL}/new-member")
    assert clerk.post(f"{COUNCIL}/new-member", NASU | typed).status_code == 303


def names(page: str) -> list[str]:
    """The members in the list, in the order of the page."""
    return re.findall(r'member\?number=[^"]+">([^<]+)</a>', page)


def test_a_body_is_added_and_leads_to_its_register(clerk: Desk) -> None:
    clerk.get("/office/new-body")

    answer = clerk.post("/office/new-body", {"name": "架空フォーラム", "slug": "forum", "kind": "npo"})

    assert (answer.status_code, answer.location) == (303, "/office/members/forum/")
    assert "特定非営利活動法人" in clerk.get("/office/members/forum/").text
    assert "架空フォーラム" in clerk.get("/office/members").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "", "slug": "forum", "kind": "npo"}, "name"),
        ({"name": "会", "slug": "Forum!", "kind": "npo"}, "slug"),
        ({"name": "会", "slug": "council", "kind": "npo"}, "slug"),
        ({"name": "会", "slug": "forum", "kind": "club"}, "kind"),
    ],
)
def test_what_is_wrong_with_a_new_body_stands_beside_its_field(
    clerk: Desk, typed: dict[str, str], field: str
) -> None:
    clerk.get("/office/new-body")

    answer = clerk.post("/office/new-body", typed)

    assert answer.status_code == 422
    assert f'id="{field}-fault"' in answer.text
    assert typed["slug"] in answer.text


def test_the_register_is_in_the_order_of_official_lists(clerk: Desk) -> None:
    join(clerk)
    join(clerk, member_id="N2", name="札幌市", code="011002", prefecture="北海道")
    join(clerk, member_id="N3", name="栃木県", code="090000")

    page = clerk.get(f"{COUNCIL}/register").text

    assert names(page)[:3] == ["札幌市", "栃木県", "那須町"]
    assert names(clerk.get(f"{COUNCIL}/register?sort=-number").text)[0] == "栃木県"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=高崎", ["髙﨑設計"]),
        ("q=ﾀｶｻｷ", ["髙﨑設計"]),
        ("q=N2", ["髙﨑設計"]),
        ("prefecture=栃木県", ["那須町"]),
        ("category=企業&kind=協力会員", ["髙﨑設計"]),
        ("only=no-address&q=n", ["髙﨑設計", "那須町"]),
        ("only=left", []),
        ("q=%3Cscript%3E", []),
    ],
)
def test_a_member_is_searched_and_the_list_narrowed(clerk: Desk, asked: str, found: list[str]) -> None:
    join(clerk)
    join(clerk, member_id="N2", name="髙﨑設計", kana="たかさきせっけい", code="", prefecture="群馬県",
         category="企業", kind="協力会員")  # fmt: skip

    page = clerk.get(f"{COUNCIL}/register?{quote(asked, safe='=&%')}").text

    assert sorted(names(page)) == sorted(found)
    assert "<script>" not in page


def test_a_member_is_changed_and_the_page_tells_before_after_who_and_when(world: World, clerk: Desk) -> None:
    join(clerk, section="企画課")
    form = clerk.get(member("N0001", "/edit"))
    hidden = clerk.hidden()

    answer = clerk.post(member("N0001", "/edit"), NASU | {"section": "総務課", "seen": hidden["seen"]})

    page = clerk.get(answer.location).text
    assert form.status_code == 200
    assert "変更を登録しました" in page
    row = re.search(
        r'<th scope="row">担当部署</th><td class="lines">企画課</td><td class="lines">総務課</td>', page
    )
    assert row is not None
    assert "administrator 担当1 (administrator-1)" in page


def test_two_officers_at_one_member_overwrite_nothing_of_each_other(
    clerk: Desk, seat: Callable[..., Desk]
) -> None:
    join(clerk)
    other = seat(Role.ADMINISTRATOR, number=2)
    for desk in (clerk, other):
        desk.get(member("N0001", "/edit"))
    clerk.post(member("N0001", "/edit"), NASU | {"phone": "1", "seen": clerk.hidden()["seen"]})

    answer = other.post(member("N0001", "/edit"), NASU | {"phone": "2", "seen": other.hidden()["seen"]})

    assert answer.status_code == 409
    assert "この画面を開いた後に変更されています" in answer.text


def test_what_cannot_be_kept_is_said_beside_its_field_and_stays_typed(clerk: Desk) -> None:
    clerk.get(f"{COUNCIL}/new-member")

    answer = clerk.post(f"{COUNCIL}/new-member", NASU | {"code": "94072", "addresses": "a@example"})

    assert answer.status_code == 422
    assert 'id="code-fault"' in answer.text
    assert 'id="addresses-fault"' in answer.text
    assert 'value="94072"' in answer.text


def test_a_number_with_any_character_has_its_own_page(clerk: Desk) -> None:
    number = '会-1/2?&"<b>'
    join(clerk, member_id=number)

    page = clerk.get(f"{COUNCIL}/register?q=那須").text
    link = re.search(r'href="(/office/members/council/member\?number=[^"]+)"', page)

    assert link is not None
    assert clerk.get(link[1]).status_code == 200
    assert "<b>" not in page.replace("<body", "")


def test_leaving_asks_first_tells_the_day_and_can_be_taken_back(clerk: Desk) -> None:
    join(clerk)
    asked = clerk.get(member("N0001", "/leave")).text
    assert "那須町の退会を登録しますか" in asked

    answer = clerk.post(member("N0001", "/leave"), {"left": "R8.5.31"})
    page = clerk.get(answer.location).text
    assert "退会(令和8年5月31日)を登録しました" in page
    assert "那須町" not in names(clerk.get(f"{COUNCIL}/register").text)
    assert "那須町" in names(clerk.get(f"{COUNCIL}/register?only=left").text)

    clerk.get(member("N0001"))
    clerk.post(member("N0001", "/return"))
    assert "那須町" in names(clerk.get(f"{COUNCIL}/register").text)


@pytest.mark.parametrize("day", ["", "明日", "2024/2/30", "令和6年9月27日(木)", "1900/1/1"])
def test_a_day_of_leaving_that_cannot_be_is_asked_again(clerk: Desk, day: str) -> None:
    join(clerk, joined="2024/4/1")
    clerk.get(member("N0001", "/leave"))

    answer = clerk.post(member("N0001", "/leave"), {"left": day})

    assert answer.status_code == 422
    assert 'id="left-fault"' in answer.text


def test_a_roll_edited_after_the_freeze_is_told_to_stay_as_it_is(world: World, clerk: Desk) -> None:
    before = frozen(world)
    for address in (
        f"{COUNCIL}/",
        f"{COUNCIL}/register",
        member("M0001", "/edit"),
        member("M0001", "/leave"),
    ):
        page = clerk.get(address).text
        assert "凍結された名簿は変わりません" in page, address
        assert "令和8年度総会" in page, address

    clerk.get(member("M0001", "/edit"))
    seen = clerk.hidden()["seen"]
    clerk.post(member("M0001", "/edit"), {"name": "新しい町", "votes": "5", "seen": seen})
    page = clerk.get(member("M0001")).text

    assert frozen(world) == before
    assert "<h1>新しい町" in page
    assert "<td>架空1町</td>" in page


def frozen(world: World) -> list[tuple[str, str, int]]:
    with world.rt.database.reading() as tx:
        voters = roll.voters(tx, find(world.rt, world.origin).id)
    return [(each.member_id, each.name, each.votes) for each in voters]


def test_a_register_without_a_frozen_roll_has_no_such_note(clerk: Desk) -> None:
    clerk.get("/office/new-body")
    clerk.post("/office/new-body", {"name": "架空フォーラム", "slug": "forum", "kind": "npo"})

    assert "凍結" not in clerk.get("/office/members/forum/register").text


def test_kinds_are_given_and_denied_a_vote(world: World, clerk: Desk) -> None:
    join(clerk)
    join(clerk, member_id="N2", name="髙﨑設計", code="", kind="協力会員")
    clerk.get(f"{COUNCIL}/")

    clerk.post(f"{COUNCIL}/kinds", {"kind": ["", "協力会員", "正会員"], "votes": ["", "正会員"]})

    votes = {each.member_id: each.votes for each in rolls.register(world.rt, "council")}
    assert (votes["N2"], votes["N0001"] > 0) == (0, True)
    assert names(clerk.get(f"{COUNCIL}/register?only=no-vote").text) == ["髙﨑設計"]
    assert "なし(議決権のない会員種別)" in clerk.get(member("N2")).text


def test_a_kind_that_the_form_did_not_show_keeps_its_vote(world: World, clerk: Desk) -> None:
    clerk.get(f"{COUNCIL}/")
    join(clerk, kind="後から来た種別")
    clerk.get(f"{COUNCIL}/")

    clerk.post(f"{COUNCIL}/kinds", {"kind": [""], "votes": [""]})

    assert all(each.votes for each in rolls.register(world.rt, "council"))


def test_a_committee_is_set_up_and_filled_from_the_bodys_members(world: World, clerk: Desk) -> None:
    clerk.get(f"{COUNCIL}/new-committee")
    answer = clerk.post(f"{COUNCIL}/new-committee", {"name": "制度部会", "slug": "seido"})
    assert answer.location == "/office/members/seido/seats"
    page = clerk.get(answer.location).text
    assert page.count('name="member"') == 5

    answer = clerk.post("/office/members/seido/seats", {"member": ["M0001", "M0003"], "joined": "R8.4.1"})

    assert "2会員を部会に加えました" in clerk.get(answer.location).text
    assert [each.member_id for each in rolls.register(world.rt, "seido")] == ["M0001", "M0003"]
    assert clerk.get("/office/members/seido/seats").text.count('name="member"') == 3
    assert "制度部会" in clerk.get(member("M0001")).text
    seen_at = member("M0001", "/edit", body="/office/members/seido")
    form = clerk.get(seen_at).text
    assert 'name="votes"' in form
    assert 'name="name"' not in form
    clerk.post(seen_at, {"votes": "3", "joined": "", "seen": clerk.hidden()["seen"]})
    assert rolls.register(world.rt, "seido")[0].votes == 3_000_000


def test_a_committees_assembly_is_frozen_with_the_committees_roll(empty_world: World) -> None:
    world = empty_world
    world.draft(size=5)
    who = world.officer(Role.ADMINISTRATOR)
    bodies.add_committee(world.rt, who, "council", "seido", name="制度部会")
    membership.seat(world.rt, who, "seido", ["M0002", "M0004"], joined="")
    paper_signing.create(world.rt, who, "seido", signer="body", name="制度部会")
    docket = replace(world.case.docket, body=replace(world.case.docket.body, name="制度部会"))
    plan = assemblies.Draft(body="seido", slug="2026-06", docket=docket, papers={}, contact="事務局")
    world.origin = assemblies.draft(world.rt, who, plan)

    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)

    assert [number for number, *_ in frozen(world)] == ["M0002", "M0004"]


@pytest.mark.parametrize(("kind", "name"), [("xlsx", ".xlsx"), ("csv", ".csv"), ("cp932", "_sjis.csv")])
def test_a_saved_register_can_be_imported_again(world: World, clerk: Desk, kind: str, name: str) -> None:
    join(clerk)

    answer = clerk.get(f"{COUNCIL}/files/{kind}")

    saved = read_roll(answer.data, "saved")
    assert quote(name) in answer.headers["Content-Disposition"]
    assert saved.is_sound
    assert sorted(saved.members, key=lambda each: each.member_id) == list(rolls.register(world.rt, "council"))


def test_the_page_of_files_lists_what_shift_jis_would_lose(clerk: Desk) -> None:
    assert "失われる文字はありません" in clerk.get(f"{COUNCIL}/files").text
    join(clerk, name="飛驒市", code="212172")

    page = clerk.get(f"{COUNCIL}/files").text

    assert "次の1文字が失われ" in page
    assert "驒 (U+9A52)" in page


def test_no_such_file_body_or_member_is_a_clear_page(clerk: Desk) -> None:
    for address in (f"{COUNCIL}/files/pdf", "/office/members/nobody/", member("X9"), member("")):
        assert clerk.get(address).status_code == 404, address
    assert "会員番号 X9 の会員は登録されていません" in clerk.get(member("X9")).text


def test_a_confirmed_contact_is_noted(clerk: Desk) -> None:
    join(clerk)
    clerk.get(member("N0001"))

    answer = clerk.post(member("N0001", "/contact"))

    assert "連絡先を確認したことを記録しました" in clerk.get(answer.location).text


@pytest.mark.parametrize("role", [Role.ENTRY, Role.CHECKER, Role.CHAIR, Role.AUDITOR])
def test_who_only_reads_sees_no_button_that_would_be_refused(seat: Callable[..., Desk], role: Role) -> None:
    desk = seat(role)

    for address in ("/office/members", f"{COUNCIL}/", f"{COUNCIL}/register", member("M0001")):
        page = desk.get(address).text
        main = page[page.index("<main") : page.index("</main>")]
        assert "new-body" not in main
        assert "/import" not in main
        assert "/edit" not in main
        assert 'method="post"' not in main


def test_the_pages_are_there_in_english(clerk: Desk) -> None:
    clerk.post("/language", {"language": "en", "back": "/office/members"})

    page = clerk.get(member("M0001", "/edit")).text

    assert "Mail addresses" in page
    assert "a frozen roll stays as it is" in page
    assert "Members of 架空協議会" in clerk.get(f"{COUNCIL}/register").text
