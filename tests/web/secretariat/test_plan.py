"""Pages up to the freeze: a clerk makes an assembly without a manual, and is told what is missing."""

import html
import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from tests.officers import hire
from tests.services.drafting import CONTACT, pdf
from tests.web.conftest import SECRET
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World, jst
from voting.app import create_app
from voting.core.members import Member
from voting.core.permissions import Act, Role
from voting.store import members

PLAN = f"{ASSEMBLY}/plan"
NEW = {"body": "council", "slug": "2026-07", "title": "臨時総会", "contact": CONTACT, "disclosure": "L1"}
DATES = {
    "record_date": "2026-06-15",
    "opens_day": "令和8年6月15日",
    "opens_time": "9:00",
    "closes_day": "2026/6/30",
    "closes_time": "24:00",
    "notice_days": "14",
}
MOTION = {
    "number": "3",
    "motion_title": "規約の改正について",
    "text": "第3条を次のとおり改める。",
    "kind": "motion",
    "requires": "",
    "non_submission": "",
    "objections": "none",
}

INPUT = re.compile(r'<input type="(?:text|date)" id="([^"]+)" name="[^"]+" value="([^"]*)"')
AREA = re.compile(r'<textarea id="([^"]+)"[^>]*>([^<]*)</textarea>')
SELECT = re.compile(r'<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', re.S)


@pytest.fixture
def app(drafted: World) -> Flask:
    return create_app(drafted.rt, secret=SECRET, secure_cookies=False)


@pytest.fixture
def seat(app: Flask, drafted: World) -> Callable[..., Desk]:
    def sit(role: Role, *, number: int = 1) -> Desk:
        desk = Desk(app.test_client())
        desk.sign_in(hire(drafted, role, number=number))
        return desk

    return sit


@pytest.fixture
def clerk(seat: Callable[..., Desk]) -> Desk:
    return seat(Role.ADMINISTRATOR)


def filled(desk: Desk) -> dict[str, str]:
    """The form of the page last seen, as it stands."""
    fields = dict(
        re.findall(r'<input type="(?:text|date)" id="([^"]+)" name="[^"]+" value="([^"]*)"', desk.page)
    )
    fields |= dict(re.findall(r'<textarea id="([^"]+)"[^>]*>([^<]*)</textarea>', desk.page))
    for name, options in re.findall(
        r'<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', desk.page, re.S
    ):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        fields[name] = chosen[1] if chosen else ""
    return {name: html.unescape(value) for name, value in (desk.hidden() | fields).items()}


def upload(desk: Desk, number: int, content: bytes, name: str = "資料.pdf", **more: str) -> str:
    desk.get(f"{PLAN}/motions/{number}")
    answer = desk.post(
        f"{PLAN}/motions/{number}/documents",
        {"file": (io.BytesIO(content), name)} | more,
        content_type="multipart/form-data",
    )
    return desk.get(answer.location).text if answer.status_code == 303 else answer.text


def checks(page: str) -> str:
    found = re.search(r'<h2 id="checks".*?(?=<h2>)', page, re.S)
    return found[0] if found else ""


def test_a_clerk_comes_from_nothing_to_the_proposal_of_the_freeze(drafted: World, clerk: Desk) -> None:
    plan = "/office/a/council/2026-07/plan"
    clerk.get("/office/")
    assert 'href="/office/new-assembly"' in clerk.page
    clerk.get("/office/new-assembly/scratch")

    answer = clerk.post("/office/new-assembly/scratch", NEW | {"preset": "council"})
    assert answer.location == f"{plan}/dates"
    assert "続けて日程と議案と規則を確かめてください" in clerk.get(answer.location).text
    answer = clerk.post(f"{plan}/dates", filled(clerk) | DATES | {"then": "next"})
    assert answer.location == f"{plan}/motions"
    clerk.get(f"{plan}/motions/new")
    answer = clerk.post(f"{plan}/motions/new", filled(clerk) | MOTION | {"number": "1"})
    assert answer.location == f"{plan}/motions/1#papers"
    page = clerk.get(plan).text
    assert "確定できません: 1件を直してください" in checks(page)
    assert "未提出の取扱い: 未提出を表決とみなすには、根拠となる規約の条項が必要です" in checks(page)
    clerk.get(f"{plan}/rules")
    answer = clerk.post(f"{plan}/rules", filled(clerk) | {"clause_deemed": "規約第12条第3項", "act": "next"})

    page = clerk.get(answer.location.partition("#")[0]).text
    assert "確定を妨げるものはありません。" in page
    assert 'href="/office/a/council/2026-07/freeze"' in page
    assert "令和8年6月15日(月)" in page and "令和8年6月30日(火)23時59分" in page
    assert "第3条を次のとおり改める。" in page
    assert "否決となるのは、3票以上が賛成以外" in page
    clerk.get("/office/a/council/2026-07/freeze")
    answer = clerk.post("/office/a/council/2026-07/freeze", {"note": ""})
    assert answer.location.startswith("/office/waiting/")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"slug": "令和8"}, "slug"),
        ({"slug": "2026-06"}, "slug"),
        ({"body": "nobody"}, "body"),
        ({"contact": ""}, "contact"),
        ({"disclosure": "L9"}, "disclosure"),
        ({"preset": "x"}, "preset"),
        ({"policy": "log x"}, "policy"),
    ],
)
def test_what_is_wrong_in_a_new_assembly_is_said_beside_its_field(
    drafted: World, clerk: Desk, changed: dict[str, str], field: str
) -> None:
    clerk.get("/office/new-assembly/scratch")

    answer = clerk.post("/office/new-assembly/scratch", NEW | {"preset": ""} | changed)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    if "title" not in changed:
        assert "臨時総会" in answer.text


def test_last_years_assembly_is_copied_with_its_dates_to_be_confirmed(clerk: Desk) -> None:
    clerk.get("/office/new-assembly/copy")

    answer = clerk.post("/office/new-assembly/copy", NEW | {"source": "council/2026-06"})

    page = clerk.get("/office/a/council/2026-07/plan").text
    assert answer.location == "/office/a/council/2026-07/plan/dates"
    assert "「令和8年度総会」を写したもの(資料は写していません)" in page
    assert "(未確認)" in page
    assert "日程がまだ確認されていません" in checks(page)
    assert "第1号議案.pdf" not in page and "事業計画について" in page


def test_the_file_is_downloaded_and_makes_another_assembly(clerk: Desk) -> None:
    file = clerk.get(f"{PLAN}/assembly.toml")
    assert file.headers["Content-Disposition"] == 'attachment; filename="2026-06.toml"'
    clerk.get("/office/new-assembly/file")

    answer = clerk.post(
        "/office/new-assembly/file",
        NEW | {"file": (io.BytesIO(file.data), "a.toml")},
        content_type="multipart/form-data",
    )

    assert answer.location == "/office/a/council/2026-07/plan"
    assert "予算について" in clerk.get(answer.location).text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "(ASSEMBLY.toml)を選んでください"),
        (b"[rules]\nlate = 1", "rules.late"),
        (b"\x00\xff", "TOML"),
        (b"= = =", "TOML"),
    ],
)
def test_a_file_that_is_no_assembly_is_told_with_its_place(clerk: Desk, content: bytes, said: str) -> None:
    clerk.get("/office/new-assembly/file")

    answer = clerk.post(
        "/office/new-assembly/file",
        NEW | {"file": (io.BytesIO(content), "a.toml")},
        content_type="multipart/form-data",
    )

    assert answer.status_code == 422
    assert said in answer.text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"closes_time": "25:00"}, "closes_time"),
        ({"closes_time": ""}, "closes_time"),
        ({"closes_time": "午後12時"}, "closes_time"),
        ({"closes_day": "2026-06-15", "closes_time": "9:00"}, "closes_day"),
        ({"record_date": "令和8年2月30日"}, "record_date"),
        ({"opens_day": ""}, "opens_day"),
        ({"closes_day": "9999-12-31", "closes_time": "24:00"}, "closes_day"),
        ({"notice_days": "-1"}, "notice_days"),
        ({"notice_days": "1000"}, "notice_days"),
    ],
)
def test_dates_that_cannot_be_are_said_beside_their_field(
    drafted: World, clerk: Desk, changed: dict[str, str], field: str
) -> None:
    before = drafted.case.docket
    clerk.get(f"{PLAN}/dates")

    answer = clerk.post(f"{PLAN}/dates", filled(clerk) | DATES | changed)

    assert answer.status_code == 422
    assert f'id="{field}-fault"' in answer.text
    assert drafted.case.docket == before


@pytest.mark.parametrize("typed", ["17時", "１７：００", "17時00分", "午後5時", "午後 5:00"])
def test_an_hour_of_the_close_is_understood_as_an_office_types_it(
    drafted: World, clerk: Desk, typed: str
) -> None:
    clerk.get(f"{PLAN}/dates")

    answer = clerk.post(f"{PLAN}/dates", filled(clerk) | DATES | {"closes_time": typed})

    assert answer.status_code == 303
    assert drafted.case.docket.assembly.schedule.closes_at == jst("2026-06-30 17:00")


def test_an_hour_that_is_none_comes_back_with_how_to_write_it(drafted: World, clerk: Desk) -> None:
    clerk.get(f"{PLAN}/dates")

    answer = clerk.post(f"{PLAN}/dates", filled(clerk) | DATES | {"closes_time": "午後12時"})

    assert answer.status_code == 422
    assert "「午後12時」を時刻として読み取れません。17:00、9時30分、午後5時のように" in answer.text


def test_the_second_clerk_is_told_and_keeps_what_was_typed(
    drafted: World, clerk: Desk, seat: Callable[..., Desk]
) -> None:
    other = seat(Role.ADMINISTRATOR, number=2)
    clerk.get(f"{PLAN}/basics")
    other.get(f"{PLAN}/basics")
    clerk.post(f"{PLAN}/basics", filled(clerk) | {"title": "一人目の名称"})

    answer = other.post(f"{PLAN}/basics", filled(other) | {"title": "二人目の名称"})

    assert answer.status_code == 422
    assert "別の担当者(administrator 担当1)が" in answer.text
    assert 'value="二人目の名称"' in answer.text
    assert '<dt>総会の名称</dt><dd class="lines">一人目の名称</dd>' in answer.text
    assert drafted.case.docket.assembly.title == "一人目の名称"
    other.post(f"{PLAN}/basics", filled(other))
    assert drafted.case.docket.assembly.title == "二人目の名称"


def test_the_second_clerk_on_rules_and_on_a_motion_is_told_as_well(
    drafted: World, clerk: Desk, seat: Callable[..., Desk]
) -> None:
    other = seat(Role.ADMINISTRATOR, number=2)
    for page, changed, name in (
        ("rules", {"late": "not_submitted", "act": "save"}, "期限を過ぎて届いた表決書"),
        ("motions/2", {"motion_title": "補正予算について"}, "件名"),
    ):
        clerk.get(f"{PLAN}/{page}")
        other.get(f"{PLAN}/{page}")
        clerk.post(f"{PLAN}/{page}", filled(clerk) | changed)
        answer = other.post(f"{PLAN}/{page}", filled(other) | {"act": "save"})

        assert answer.status_code == 422, page
        assert f"<dt>{name}</dt>" in answer.text
    assert drafted.case.docket.motion(2).title == "補正予算について"


def test_the_card_is_shown_before_the_rules_are_stored(drafted: World, clerk: Desk) -> None:
    before = drafted.case.docket.rules
    clerk.get(f"{PLAN}/rules")
    assert "保存されている規則の説明" in clerk.page

    answer = clerk.post(f"{PLAN}/rules", filled(clerk) | {"requires": "two_thirds_of_roll", "act": "check"})

    assert answer.status_code == 200
    assert "この規則にしたときの説明(まだ保存していません)" in answer.text
    assert "4票以上で可決" in answer.text
    assert '<option value="two_thirds_of_roll" selected>' in answer.text
    assert drafted.case.docket.rules == before
    clerk.post(f"{PLAN}/rules", filled(clerk) | {"act": "save"})
    assert drafted.case.docket.rules.requires != before.requires


def test_rules_that_do_not_hold_together_are_told_before_they_are_stored(clerk: Desk) -> None:
    clerk.get(f"{PLAN}/rules")

    answer = clerk.post(f"{PLAN}/rules", filled(clerk) | {"clause_deemed": "", "act": "check"})

    assert "この規則では確定できません" in answer.text
    assert "根拠となる規約の条項が必要です" in answer.text


def test_every_setting_of_the_rules_can_be_set(drafted: World, clerk: Desk) -> None:
    clerk.get(f"{PLAN}/rules")
    typed = {
        "non_submission": "abstain",
        "blank": "against",
        "both_marked": "as_blank",
        "duplicates": "paper",
        "blank_overrides": "yes",
        "late": "not_submitted",
        "undelivered": "not_submitted",
        "abstain": "yes",
        "quorum": "set",
        "quorum_fraction": "２／３",
        "quorum_relation": "more_than",
        "quorum_by": "members",
        "quorum_deemed": "yes",
        "objections": "fraction",
        "objections_fraction": "1/5",
        "requires": "custom",
        "test_count_0": "for",
        "test_relation_0": "at_least",
        "test_fraction_0": "3/4",
        "test_of_0": "yes_no",
        "test_by_0": "members",
        "test_category_0": "",
        **{
            f"clause_{name}": f"第{place}条"
            for place, name in enumerate(
                ("written", "quorum", "majority", "deemed", "blank", "late", "duplicates"), 1
            )
        },
    }

    answer = clerk.post(f"{PLAN}/rules", filled(clerk) | typed | {"act": "save"})

    assert answer.status_code == 303, answer.text
    clerk.get(f"{PLAN}/rules")
    kept = filled(clerk) | dict(
        re.findall(r'name="(test_(?:fraction|category)_\d)" id="[^"]+" value="([^"]*)"', clerk.page)
    )
    for name, value in typed.items():
        if not name.startswith("test_") or name == "test_fraction_0":
            assert kept[name] == value.replace("２／３", "2/3"), name
    (test,) = drafted.case.docket.rules.requires
    assert (test.of, test.by, test.relation) == ("yes_no", "members", "at_least")
    assert drafted.case.docket.rules.preset is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"blank": "maybe"}, "blank"),
        ({"quorum": "set", "quorum_fraction": "0.5"}, "quorum_fraction"),
        ({"requires": "custom"}, "requires"),
        ({"requires": "custom", "test_fraction_0": "3/2"}, "test_fraction_0"),
        ({"objections": "count", "objections_count": "0"}, "objections_count"),
    ],
)
def test_a_setting_that_is_none_is_said_and_what_was_typed_stays(
    clerk: Desk, changed: dict[str, str], field: str
) -> None:
    clerk.get(f"{PLAN}/rules")

    answer = clerk.post(f"{PLAN}/rules", filled(clerk) | changed | {"clause_late": "第7条", "act": "save"})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert 'value="第7条"' in answer.text


def test_the_preset_is_put_into_the_form_and_not_stored(drafted: World, clerk: Desk) -> None:
    clerk.get(f"{PLAN}/rules")
    clerk.post(f"{PLAN}/rules", filled(clerk) | {"non_submission": "not_counted", "act": "save"})
    clerk.get(f"{PLAN}/rules")

    answer = clerk.post(f"{PLAN}/rules", filled(clerk) | {"act": "preset"})

    assert '<option value="for" selected>賛成とみなす' in answer.text
    assert drafted.case.docket.rules.non_submission == "not_counted"


def test_motions_are_put_in_order_by_buttons(drafted: World, clerk: Desk) -> None:
    clerk.get(f"{PLAN}/motions")

    answer = clerk.post(f"{PLAN}/motions", filled(clerk) | {"move": "down-1"})

    assert answer.status_code == 303
    assert [(each.title, each.depends_on) for each in drafted.case.docket.motions] == [
        ("予算について", (2,)),
        ("事業計画について", ()),
    ]
    clerk.get(f"{PLAN}/motions")
    for wanted in ("", "down-x", "sideways-1", "up-99999999999999999999"):
        assert clerk.post(f"{PLAN}/motions", filled(clerk) | {"move": wanted}).status_code == 200


def test_a_motion_others_depend_on_is_not_removed(drafted: World, clerk: Desk) -> None:
    clerk.get(f"{PLAN}/motions/1/remove")
    answer = clerk.post(f"{PLAN}/motions/1/remove", clerk.hidden())

    assert answer.status_code == 409
    assert "ほかの議案(議案番号 2)の条件になっている" in answer.text
    clerk.get(f"{PLAN}/motions/2/remove")
    clerk.post(f"{PLAN}/motions/2/remove", clerk.hidden())
    assert [each.number for each in drafted.case.docket.motions] == [1]


def test_an_election_with_conditions_and_rules_of_its_own(drafted: World, clerk: Desk) -> None:
    clerk.get(f"{PLAN}/motions/new")
    typed = {
        "kind": "election",
        "method": "confidence",
        "seats": "2",
        "candidates": " 田辺市 \n\n那須町",
        "depends_on": ["1", "2"],
        "requires": "two_thirds",
        "non_submission": "not_counted",
        "barred": "M0001、M0002",
        "objections": "count",
        "objections_count": "2",
    }

    answer = clerk.post(f"{PLAN}/motions/new", filled(clerk) | MOTION | typed)

    assert answer.status_code == 303, answer.text
    found = drafted.case.docket.motion(3)
    assert found.candidates == ("田辺市", "那須町")
    assert (found.seats, found.depends_on, found.barred) == (2, (1, 2), ("M0001", "M0002"))
    page = clerk.get(f"{PLAN}/motions/3").text
    assert page.count('name="depends_on" value="1" checked') == 1
    assert "M0001 M0002" in page


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"motion_title": ""}, "motion_title", "件名を"),
        ({"number": "2"}, "number", "第2号議案は既にあります"),
        ({"number": "x"}, "number", "1以上の整数"),
        ({"barred": "M9999"}, "barred", "会員 M9999 が名簿にありません"),
        ({"kind": "election", "seats": "1", "method": "confidence"}, "candidates", "候補者を"),
        ({"kind": "election", "seats": "", "candidates": "甲"}, "seats", "1以上の整数"),
        ({"depends_on": "9"}, "depends_on", "第9号議案がありません"),
        ({"kind": "x"}, "kind", "一つを選んでください"),
    ],
)
def test_what_is_wrong_in_a_motion_is_said_beside_its_field(
    drafted: World, clerk: Desk, changed: dict[str, str], field: str, said: str
) -> None:
    clerk.get(f"{PLAN}/motions/new")

    answer = clerk.post(f"{PLAN}/motions/new", filled(clerk) | MOTION | changed)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert said in answer.text
    assert len(drafted.case.docket.motions) == 2


def test_a_document_beyond_all_measure_is_told_the_limit_and_what_to_do(drafted: World, clerk: Desk) -> None:
    said = upload(clerk, 2, b"%PDF-1.7" + b"\0" * 30_000_000)

    assert "送信された内容が大きすぎます" in said
    assert "合わせて20メガバイトまでです" in said
    assert "解像度を下げるか、いくつかに分けてください" in said
    assert drafted.case.docket.motion(2).documents == ()


def test_a_text_beyond_all_measure_is_not_taken_for_a_file(drafted: World, clerk: Desk) -> None:
    clerk.get(f"{PLAN}/motions/2")

    answer = clerk.post(f"{PLAN}/motions/2", {"title": "長" * 30_000})

    assert answer.status_code == 413
    assert "入力された文が長すぎます" in answer.text
    assert "メガバイト" not in answer.text


def test_a_document_is_uploaded_with_its_size_and_pages_and_served_from_a_sandbox(
    drafted: World, clerk: Desk, seat: Callable[..., Desk]
) -> None:
    page = upload(clerk, 2, pdf(12), "予算書.pdf")
    assert "資料を登録しました。" in page and "(12ページ、" in page
    (paper,) = drafted.case.docket.motion(2).documents

    answer = seat(Role.CHECKER).get(f"{PLAN}/documents/{paper.sha256}/予算書.pdf")

    assert answer.data == pdf(12)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert clerk.get(f"/documents/{paper.sha256}/x.pdf").status_code == 404
    assert clerk.get(f"{PLAN}/documents/{'0' * 64}/x.pdf").status_code == 404
    upload(clerk, 2, pdf(3), "予算書(修正).pdf", replaces=paper.sha256)
    assert "(3ページ、" in clerk.page and "予算書.pdf" not in clerk.page
    digest = drafted.case.docket.motion(2).documents[0].sha256
    clerk.post(f"{PLAN}/motions/2/documents/remove", {"document": digest})
    assert drafted.case.docket.motion(2).documents == ()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<html><script>alert(1)</script>", "議案.pdf", "PDFではありません"),
        (b"%PDF-1.7 one", "議案.pdf", "PDFとして開けません"),
        (b"%PDF-" + b" " * 20_000_000, "議案.pdf", "上限の20MBを超えています"),
        (b"", "", "PDFファイルを選んでください"),
    ],
)
def test_attack_an_upload_that_is_no_pdf(
    drafted: World, clerk: Desk, content: bytes, name: str, said: str
) -> None:
    page = upload(clerk, 2, content, name)

    assert said in page
    assert 'id="file-fault"' in page
    assert drafted.case.docket.motion(2).documents == ()


def test_the_mails_of_the_first_the_last_and_some_others_are_shown_without_a_code(clerk: Desk) -> None:
    page = clerk.get(f"{PLAN}/preview").text

    assert page.count("【書面表決のお願い】令和8年度総会") == 5
    assert page.count("(ここに24文字の回答コードが入ります)") == 10
    assert "架空1町 御中" in page and "架空5町 御中" in page


def test_the_members_page_is_shown_as_a_sample_that_casts_nothing(drafted: World, clerk: Desk) -> None:
    page = clerk.get(f"{PLAN}/preview/page?member=M0003").text

    assert "これは見本です。" in page and "架空3町" in page
    assert re.search(r"<fieldset disabled>.*<form class=\"ballot\".*</form>\s*</fieldset>", page, re.S)
    assert 'name="csrf_token" value=""' in page
    answer = clerk.client.post("/vote/cast", data={"csrf_token": "", "m1": "for", "m2": "for"})
    assert answer.status_code in (400, 403)
    assert clerk.get(f"{PLAN}/preview/page?member=M9999").status_code == 409


def test_a_test_mail_is_owed_and_its_fate_is_shown(drafted: World, clerk: Desk) -> None:
    clerk.get(f"{PLAN}/preview")
    wrong = clerk.post(f"{PLAN}/test-mail", {"address": "clerk"})
    assert wrong.status_code == 422 and "メールアドレスではありません" in wrong.text

    answer = clerk.post(f"{PLAN}/test-mail", {"address": "clerk@example.jp"})

    assert "clerk@example.jp あて" in clerk.get(answer.location).text
    assert "送信待ち" in clerk.page
    drafted.send()
    assert "<strong>送信済み</strong>" in clerk.get(f"{PLAN}/preview").text
    assert "試験送信をまだ行っていません" not in clerk.get(PLAN).text


def test_a_draft_is_withdrawn_with_a_reason_and_its_pages_say_so(drafted: World, clerk: Desk) -> None:
    clerk.get(f"{PLAN}/withdraw")
    assert clerk.post(f"{PLAN}/withdraw", {"why": " "}).status_code == 422

    answer = clerk.post(f"{PLAN}/withdraw", {"why": "会議で開くことになった"})

    assert "準備中の総会を取り下げました。" in clerk.get(answer.location).text
    assert f'href="{ASSEMBLY}/"' not in clerk.page
    page = clerk.get(PLAN).text
    assert "会議で開くことになった" in page and "変更する" not in page
    for rest in ("/basics", "/dates", "/motions", "/rules"):
        refused = clerk.get(PLAN + rest)
        assert refused.status_code == 409
        assert "取り下げられています" in refused.text
    assert clerk.get(f"{ASSEMBLY}/freeze").status_code == 409
    assert "取り下げられています" in clerk.get(f"{ASSEMBLY}/").text


def test_what_two_clerks_do_about_a_freeze_is_told_on_clear_pages(
    drafted: World, clerk: Desk, seat: Callable[..., Desk]
) -> None:
    other, checker = seat(Role.ADMINISTRATOR, number=2), seat(Role.CHECKER)
    asked = []
    for desk in (clerk, other):
        desk.get(f"{ASSEMBLY}/freeze")
        asked.append(desk.post(f"{ASSEMBLY}/freeze", {"note": ""}).location)
    checker.get(asked[0])
    assert checker.post(f"{asked[0]}/approve").status_code == 303

    page = checker.get(asked[1]).text
    assert "別の申請で実行済み" in page
    assert "承認して実行する" not in page
    clerk.get(f"{ASSEMBLY}/")
    refused = clerk.post(f"{PLAN}/basics", {"title": "別", "contact": "x", "checkpoint_mail": "none"})
    assert refused.status_code == 409
    assert "規則と名簿が確定しています" in refused.text


def test_a_roll_edited_after_the_freeze_is_told_and_changes_nothing(drafted: World, clerk: Desk) -> None:
    drafted.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    assert "確定の後に会員名簿が変更されています" not in clerk.get(PLAN).text
    people = (
        Member("M0001", "架空1町", addresses=("m1@example.jp",), left=date(2026, 5, 21)),
        Member("M0002", "改名した町", addresses=("m2@example.jp",)),
        Member("M0009", "新しい町"),
    )
    with drafted.rt.database.transaction() as tx:
        members.put(tx, "council", people, now="2026-05-21T00:00:00.000Z")

    page = clerk.get(PLAN).text

    assert "確定の後に会員名簿が変更されています(追加 1、脱退等 1、変更 1)" in page
    assert "確定した名簿(5会員)のまま行います" in page


@pytest.mark.parametrize("role", [Role.ENTRY, Role.CHECKER, Role.CHAIR, Role.AUDITOR])
def test_others_read_the_draft_and_change_nothing(seat: Callable[..., Desk], role: Role) -> None:
    desk = seat(role)

    page = desk.get(PLAN).text

    assert "事業計画について" in page and "規約第12条第3項" in page
    assert "変更する" not in page and "取り下げる" not in page
    assert "試験送信する" not in desk.get(f"{PLAN}/preview").text


def test_the_pages_are_english_for_who_chose_english(clerk: Desk) -> None:
    clerk.client.set_cookie("language", "en")

    page = clerk.get(PLAN).text
    assert "Nothing stands in the way of the freeze." in page
    assert "No test mail has been sent." in page
    assert "5 members" in page
    rules = clerk.get(f"{PLAN}/rules").text
    assert "Deemed for" in rules and "What the stored rules do" in rules
