"""The office's sheet through the browser: looked at, put right, confirmed; and files meant to do harm."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from tests.sheets.workbooks import csv_text, package, workbook
from tests.web.secretariat.conftest import Desk
from tests.world import World
from voting.core.permissions import Role
from voting.services.register import membership, rolls
from voting.services.register.member_list import member_page

IMPORT = "/office/members/council/import"
HEAD = ["会員番号", "団体名", "団体コード", "メール"]
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def clerk(seat: Callable[..., Desk]) -> Desk:
    return seat(Role.ADMINISTRATOR)


def send(clerk: Desk, data: bytes, name: str = "名簿.xlsx") -> TestResponse:
    clerk.get(IMPORT)
    return clerk.post(IMPORT, {"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")


def sheet(*rows: list[object]) -> bytes:
    return workbook([HEAD, *rows])


def everybody(*rows: list[object]) -> bytes:
    """The five members as they are, and *rows* besides."""
    present: list[list[object]] = [[f"M000{n}", f"架空{n}町", "", f"m{n}@example.jp"] for n in range(1, 6)]
    return sheet(*present, *rows)


def stored(world: World) -> int:
    """How many uploads are kept."""
    with world.rt.database.schema_connection() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM roll_upload").scalar_one())


def members(world: World) -> dict[str, str]:
    return {each.member_id: each.name for each in rolls.register(world.rt, "council")}


# --- the way of an honest sheet ----------------------------------------------------------------------------


def test_a_sheet_is_looked_at_and_then_confirmed(world: World, clerk: Desk) -> None:
    answer = send(clerk, everybody(["N1", "葛\N{VARIATION SELECTOR-17}城市", "292117", "k@example.jp"]))
    assert answer.status_code == 303
    page = clerk.get(answer.location)
    assert "まだ名簿は変わっていません" in page.text
    assert "新規1、変更0、退会0を登録します" in page.text
    assert "N1" not in members(world)

    answer = clerk.post(f"{answer.location}/confirm", clerk.hidden())

    assert "新規1、変更0、退会0です" in clerk.get(answer.location).text
    assert members(world)["N1"] == "葛\N{VARIATION SELECTOR-17}城市"
    assert stored(world) == 0


def test_each_row_says_its_number_and_its_reasons(clerk: Desk) -> None:
    rows = [["N1", "飛?市", "212172", ""], ["N2", "田辺市", "302065", "a@example"], ["合計", "", "", ""]]
    page = clerk.get(send(clerk, everybody(*rows)).location).text

    assert "このままでは取り込めません" in page
    found = re.search(r'<th scope="row" class="number">7</th>.*?</tr>', page, re.S)
    assert found is not None
    assert "取り込めない" in found[0]
    assert "団体名「飛?市」は、文字が失われて" in found[0]
    assert "集計行とみなし、読み飛ばしました" in page
    assert "/confirm" not in page
    english = clerk.post("/language", {"language": "en", "back": "/office/"})
    assert english.status_code == 303


def test_the_reasons_are_there_in_english(clerk: Desk) -> None:
    answer = send(clerk, everybody(["N2", "田辺市", "302065", "a@example"]))
    clerk.get("/office/me")
    clerk.post("/language", {"language": "en", "back": "/office/"})

    page = clerk.get(answer.location).text

    assert "In “団体コード” the check digit of 302065 does not fit (could it be 302066?)" in page
    assert "Row 7" in page


def test_a_repair_is_offered_and_accepted_in_the_form(world: World, clerk: Desk) -> None:
    preview = send(clerk, everybody(["N1", "那須町", "94072", "n@example.jp"])).location
    page = clerk.get(preview).text
    assert "094072 に直す" in page
    assert "/confirm" not in page

    clerk.post(f"{preview}/choices", {"repair-7": "094072"})
    clerk.get(preview)
    clerk.post(f"{preview}/confirm", clerk.hidden())

    assert {each.member_id: each.code for each in rolls.register(world.rt, "council")}["N1"] == "094072"


def test_missing_members_leave_only_where_they_are_ticked(world: World, clerk: Desk) -> None:
    preview = send(clerk, sheet(["M0001", "架空1町", "", "m1@example.jp"])).location
    assert clerk.get(preview).text.count('name="leaving"') == 4
    faulty = clerk.post(f"{preview}/choices", {"leaving": ["M0002"]})
    assert (faulty.status_code, 'id="left_on-fault"' in faulty.text) == (422, True)

    clerk.post(f"{preview}/choices", {"leaving": ["M0002"], "left_on": "令和8年5月1日"})
    assert "退会1を登録します" in clerk.get(preview).text
    clerk.post(f"{preview}/confirm", clerk.hidden())

    left = {each.member_id for each in rolls.register(world.rt, "council") if each.left}
    assert left == {"M0002"}


def test_what_was_changed_meanwhile_is_shown_anew_and_not_written_over(world: World, clerk: Desk) -> None:
    preview = send(clerk, everybody(["M0006", "新しい町", "", "x@example.jp"])).location
    clerk.get(preview)
    form, office = clerk.hidden(), world.officer(Role.ADMINISTRATOR)
    seen = member_page(world.rt, office, "council", "M0001")
    typed = membership.typed_of(seen.member) | {"name": "変わった町"}
    membership.edit(world.rt, office, "council", "M0001", typed, seen=seen.stamp)

    answer = clerk.post(f"{preview}/confirm", form)

    assert answer.status_code == 422
    assert "名簿又は選択の内容が変わりました" in answer.text
    assert "変更1" in answer.text
    assert members(world)["M0001"] == "変わった町"
    assert "M0006" not in members(world)


def test_columns_without_known_headings_are_named_by_hand(world: World, clerk: Desk) -> None:
    data = workbook([["名簿", ""], ["整理No", "団体"], ["N1", "那須町"]])
    preview = send(clerk, data).location
    asked = clerk.get(preview)
    assert asked.status_code == 422
    assert "必要な見出し" in asked.text
    again = clerk.get(f"{preview}/columns?row=2").text
    assert "A 整理No" in again

    wrong = clerk.post(f"{preview}/columns", {"sheet": "名簿", "row": "2", "c-0": "member_id", "c-1": ""})
    assert wrong.status_code == 422
    clerk.post(f"{preview}/columns", {"sheet": "名簿", "row": "2", "c-0": "member_id", "c-1": "name"})
    clerk.get(preview)
    clerk.post(f"{preview}/confirm", clerk.hidden())

    assert members(world)["N1"] == "那須町"


def test_the_columns_of_the_address_are_named_by_hand_and_shown_with_the_member(
    world: World, clerk: Desk
) -> None:
    data = workbook(
        [["整理No", "団体", "〒番号", "送り先", "棟"], ["N1", "那須町", "3290001", "架空市1", "第2庁舎"]]
    )
    preview = send(clerk, data).location
    chosen = {"c-0": "member_id", "c-1": "name", "c-2": "postcode", "c-3": "address", "c-4": "building"}
    clerk.post(f"{preview}/columns", {"sheet": "名簿", "row": "1", **chosen})
    clerk.get(preview)
    clerk.post(f"{preview}/confirm", clerk.hidden())

    shown = clerk.get("/office/members/council/member?number=N1").text

    for words in ("329-0001", "架空市1 第2庁舎"):
        assert f'<dd class="lines">{words}</dd>' in shown
    assert "その他の項目" not in shown


def test_a_sheet_that_is_given_up_is_wiped(world: World, clerk: Desk) -> None:
    preview = send(clerk, everybody()).location
    clerk.get(preview)

    answer = clerk.post(f"{preview}/give-up")

    assert "ファイルを消去しました" in clerk.get(answer.location).text
    assert stored(world) == 0
    assert clerk.get(preview).status_code == 404


def test_a_sheet_of_somebody_else_is_not_found(clerk: Desk, seat: Callable[..., Desk]) -> None:
    preview = send(clerk, everybody()).location

    assert seat(Role.ADMINISTRATOR, number=2).get(preview).status_code == 404


def test_what_a_sheet_says_is_shown_as_text_and_never_as_a_page(clerk: Desk) -> None:
    preview = send(clerk, everybody(["<script>1</script>", "<img src=x>", "<b>", ""]), "<i>.xlsx").location

    for page in (clerk.get(preview).text, clerk.get(f"{preview}/columns").text):
        assert "<script>1" not in page
        assert "<img src=x" not in page
        assert "&lt;img src=x&gt;" in page


# --- files meant to do harm, or sent by mistake ------------------------------------------------------------


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package(""))) as honest,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for name in honest.namelist():
            bomb.writestr(name, honest.read(name))
        bomb.writestr("xl/media/image1.xml", b"0" * 90_000_000)
    return out.getvalue()


def encrypted() -> bytes:
    return COMPOUND + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


HOSTILE = {
    "a-workbook-with-macros": (
        package("", extra={"xl/vbaProject.bin": b"x"}),
        "マクロ付きのブック(.xlsm)です",
    ),
    "a-workbook-with-a-password": (encrypted(), "パスワードで保護されています"),
    "a-sheet-of-50-megabytes": (
        csv_text("会員番号,団体名") + b"M1,a\r\n" * 8_738_130,
        "ファイルが大きすぎます",
    ),
    "a-pdf-called-xlsx": (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        "表計算のファイルではありません(中身は pdf)",
    ),
    "a-web-page-called-xlsx": (
        b"<!DOCTYPE html><table><tr><td>M1",
        "表計算のファイルではありません(中身は html)",
    ),
    "a-zip-bomb": (zip_bomb(), "展開すると大きすぎるファイルです"),
    "an-old-workbook": (COMPOUND + b"\0" * 600, "古い形式のExcel(.xls)です"),
    "an-empty-file": (b"", "ファイルに何も書かれていません"),
    "a-csv-that-never-ends-its-quotation": (b'\xef\xbb\xbf"\xe4\xbc\x9a,', "引用符"),
    "rubbish-called-xlsx": (
        "会員番号,団体名\r\nM1,那須町".encode("euc_jp"),
        "Excelのブックとして読めません",
    ),
}


@pytest.mark.parametrize(("data", "said"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_file_is_a_clear_page_and_nothing_of_it_is_kept(
    world: World, clerk: Desk, data: bytes, said: str
) -> None:
    before = members(world)

    answer = send(clerk, data)

    assert answer.status_code == 422
    assert said in answer.text
    assert 'id="file-fault"' in answer.text
    assert "内容を確かめる" in answer.text  # another file can be chosen at once
    assert stored(world) == 0
    assert members(world) == before


def test_a_csv_in_another_encoding_is_told_as_that(world: World, clerk: Desk) -> None:
    answer = send(clerk, "会員番号,団体名\r\nM1,那須町".encode("euc_jp"), "名簿.csv")

    assert answer.status_code == 422
    assert "文字コードを判別できません" in answer.text
    assert stored(world) == 0


def test_a_file_far_beyond_every_sheet_is_not_even_read(world: World, clerk: Desk) -> None:
    clerk.get(IMPORT)

    answer = clerk.client.post(
        IMPORT,
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(65 * 1024 * 1024)},
    )

    assert answer.status_code == 413
    assert "送信された内容が大きすぎます" in answer.text
    assert "合わせて10メガバイトまでです" in answer.text
    assert "表は不要なシートと画像を除いてください" in answer.text
    assert stored(world) == 0


def test_sending_no_file_says_so(clerk: Desk) -> None:
    clerk.get(IMPORT)

    answer = clerk.post(IMPORT, {}, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert "ファイルが選ばれていません" in answer.text
