"""The verifier's page in the hands of somebody who has a bundle, a receipt and a key."""

import io
import re
import zipfile
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.test_voting import CHOICES
from tests.browser.verifier.hand import FILE
from tests.verify.conftest import Council
from tests.world import World
from voting.ledger.checkpoint import Checkpoint, sign
from voting.ledger.note import Signer
from voting.ledger.receipt_file import format_receipt

NewPage = Callable[..., Page]

LANGUAGES = pytest.mark.parametrize("language", ["日本語", "English"])
VERDICTS = {
    "verified": {"日本語": "検証できました", "English": "Verified"},
    "refuted": {"日本語": "一致しません", "English": "It does not agree"},
    "unreadable": {"日本語": "読み取れません", "English": "It cannot be read"},
    "receipt": {"日本語": "検証できました", "English": "Verified"},
}
WIDTH = "document.documentElement.scrollWidth"


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def forged(council: Council) -> bytes:
    """A bundle whose result says one vote more, all else made anew with the log's key."""
    forge = council.forge()
    forge.files["result.json"] = forge.files["result.json"].replace(b'"members":8', b'"members":9')
    return forge.zipped()


def given(council: Council, case: str) -> list[FilePayload]:
    receipt = payload("receipt-000003.tlog-proof", format_receipt(council.receipts[0]))
    return {
        "verified": [payload("bundle.zip", council.public), receipt],
        "refuted": [payload("bundle.zip", forged(council))],
        "unreadable": [payload("bundle.zip", council.public[:5000])],
        "receipt": [receipt],
    }[case]


def fill_in(page: Page, key: str, files: list[FilePayload]) -> None:
    page.locator("#key").fill(key)
    page.locator("#files").set_input_files(files)


def verify(page: Page) -> None:
    page.locator("#run").click()
    expect(page.locator("#verdict")).to_be_visible()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    page = new_page()
    page.goto(FILE.as_uri())
    return page


@LANGUAGES
@pytest.mark.parametrize("case", VERDICTS)
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)], ids=["desk", "telephone"])
def test_the_verdict_is_told_in_big_letters_and_the_page_is_accessible_to_all(
    council: Council, new_page: NewPage, case: str, language: str, width: int, height: int
) -> None:
    page = new_page(width=width, height=height)
    page.goto(FILE.as_uri())
    page.get_by_role("button", name=language).click()
    fill_in(page, council.signer.verifier.vkey, given(council, case))

    verify(page)

    expect(page.locator("#verdict")).to_have_text(VERDICTS[case][language])
    expect(page.locator("#verdict")).to_be_focused()
    assert page.evaluate(WIDTH) == width
    found = Axe().run(page)
    assert found.generate_snapshot() == ""
    assert found.response["testEngine"]["name"] == "axe-core"


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("日本語", "不一致の箇所: 署名: 指定の鍵による署名がない"),
        ("English", "What differs: note: no known key has signed the note"),
    ],
)
def test_what_is_wrong_with_a_receipt_is_told_in_the_language_of_the_page(
    council: Council, page: Page, language: str, why: str
) -> None:
    stranger = Signer.from_seed(council.signer.verifier.name, b"\x05" * 32).verifier
    page.get_by_role("button", name=language).click()
    fill_in(page, stranger.vkey, given(council, "receipt"))

    verify(page)

    expect(page.locator("main")).to_contain_text(why)


OTHER = "vote.example.or.jp/council/2025-06"


def of_another_assembly(council: Council, *, named: str = OTHER) -> FilePayload:
    """A receipt that a log of this name has signed."""
    receipt = council.receipts[0]
    signed = sign(Checkpoint(named, 9, bytes(range(32))), Signer.from_seed(named, b"\x05" * 32))
    return payload("receipt-2025.tlog-proof", format_receipt(replace(receipt, checkpoint=signed)))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "日本語",
            ["それ以外の26項目に、不合格はありません", f"別の総会の記録({OTHER})のもの", "選び直して"],
        ),
        (
            "English",
            ["None of the other 26 checks failed", f"another assembly's log ({OTHER})", "choose the one"],
        ),
    ],
)
def test_last_year_s_receipt_does_not_call_this_year_s_result_in_doubt(
    council: Council, page: Page, language: str, said: list[str]
) -> None:
    page.get_by_role("button", name=language).click()
    fill_in(
        page,
        council.signer.verifier.vkey,
        [payload("bundle.zip", council.public), of_another_assembly(council)],
    )

    verify(page)

    expect(page.locator("#verdict")).to_have_text(VERDICTS["refuted"][language])
    for each in said:
        expect(page.locator("main")).to_contain_text(each)
    expect(page.locator("table.checks tr.failed td:first-child")).to_have_text("9")
    assert Axe().run(page).generate_snapshot() == ""


def test_a_receipt_of_another_assembly_is_named_without_a_bundle_too(council: Council, page: Page) -> None:
    fill_in(page, council.signer.verifier.vkey, [of_another_assembly(council)])

    verify(page)

    expect(page.locator(".verdict")).to_contain_text("検証鍵とは別の総会の記録のものです")


def test_attack_a_receipt_of_this_log_by_another_key_is_no_mistake_in_choosing_a_file(
    council: Council, page: Page
) -> None:
    forged = of_another_assembly(council, named=council.signer.name)
    fill_in(page, council.signer.verifier.vkey, [payload("bundle.zip", council.public), forged])

    verify(page)

    expect(page.locator(".verdict")).to_contain_text(
        "1項目が不合格でした。この結果を、このまま信頼してはいけません。"
    )
    expect(page.locator("main")).to_contain_text("この受付票は事実と異なります")


def test_attack_a_forged_result_is_not_excused_by_a_receipt_of_another_assembly(
    council: Council, page: Page
) -> None:
    files = [payload("bundle.zip", forged(council)), of_another_assembly(council)]
    fill_in(page, council.signer.verifier.vkey, files)

    verify(page)

    expect(page.locator(".verdict")).to_contain_text("この結果を、このまま信頼してはいけません")


@pytest.mark.parametrize("language", ["日本語", "English"])
def test_a_bundle_that_was_packed_again_is_said_to_be_chosen_as_it_was(
    council: Council, page: Page, language: str
) -> None:
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(council.public)) as old, zipfile.ZipFile(again, "w") as new:
        for name in sorted(old.namelist(), reverse=True):
            new.writestr(name, old.read(name))
    page.get_by_role("button", name=language).click()
    fill_in(page, council.signer.verifier.vkey, [payload("bundle.zip", again.getvalue())])

    verify(page)

    said = {"日本語": "展開せずにそのまま選んでください", "English": "without unpacking it"}
    expect(page.locator(".verdict")).to_contain_text(said[language])


@LANGUAGES
def test_the_empty_page_is_accessible_to_all(page: Page, language: str) -> None:
    page.get_by_role("button", name=language).click()

    assert Axe().run(page).generate_snapshot() == ""


def test_all_checks_stand_below_with_what_they_found(council: Council, page: Page) -> None:
    fill_in(page, council.signer.verifier.vkey, given(council, "verified"))

    verify(page)

    rows = page.locator("table.checks tbody tr")
    assert rows.locator("td:first-child").all_text_contents() == [str(number) for number in range(1, 28)]
    expect(rows.nth(22)).to_contain_text("result.json と一字一句一致する")
    expect(page.get_by_text("この票が最終の記録に残っていること")).to_be_visible()


def test_what_failed_stands_first_and_says_which_check_others_wait_for(council: Council, page: Page) -> None:
    fill_in(page, council.signer.verifier.vkey, given(council, "refuted"))

    verify(page)

    first = page.locator("table.checks tbody tr").first
    expect(first).to_contain_text("不合格")
    expect(page.get_by_role("heading", name="結果", exact=True)).to_have_count(0)


def test_the_key_of_another_log_refutes(council: Council, page: Page) -> None:
    stranger = Signer.from_seed(council.signer.name, b"\x07" * 32)
    fill_in(page, stranger.verifier.vkey, given(council, "verified"))

    verify(page)

    expect(page.locator("#verdict")).to_have_text("一致しません")
    expect(page.locator("table.checks tr.failed td:first-child").first).to_have_text("2")


def test_without_a_key_nothing_is_verified_and_the_page_says_where_to_find_it(
    council: Council, page: Page
) -> None:
    fill_in(page, "", given(council, "verified"))

    verify(page)

    expect(page.locator("#verdict")).to_have_text("読み取れません")
    expect(page.get_by_text("検証鍵が入力されていません。通知などに印刷された")).to_be_visible()


def test_a_key_that_was_broken_over_lines_on_paper_is_read(council: Council, page: Page) -> None:
    key = council.signer.verifier.vkey
    fill_in(page, f"{key[:20]}\n {key[20:50]}\n{key[50:]}\n", given(council, "receipt"))

    verify(page)

    expect(page.locator("#verdict")).to_have_text("検証できました")


def test_files_can_be_dropped_and_taken_away_again(council: Council, page: Page) -> None:
    page.locator("#key").fill(council.signer.verifier.vkey)
    dropped = page.evaluate_handle(
        """data => {
          const bytes = Uint8Array.from(atob(data), each => each.charCodeAt(0)), files = new DataTransfer();
          files.items.add(new File([bytes], "bundle.zip"));
          files.items.add(new File(["?"], "letter.txt"));
          return files;
        }""",
        b64encode(council.public).decode(),
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": dropped})
    verify(page)
    expect(
        page.get_by_text("letter.txt: ファイル一式、受付票、チェックポイントのいずれでもありません")
    ).to_be_visible()

    page.get_by_role("button", name="letter.txt を取り消す").click()
    verify(page)

    expect(page.locator("#verdict")).to_have_text("検証できました")


def test_another_language_says_the_same_without_checking_again(council: Council, page: Page) -> None:
    fill_in(page, council.signer.verifier.vkey, given(council, "refuted"))
    verify(page)

    page.get_by_role("button", name="English").click()

    expect(page.locator("#verdict")).to_have_text("It does not agree")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_refused_ballots_receipt_shows_that_it_was_refused(council: Council, page: Page) -> None:
    late = next(each for each in council.receipts if b'"reason":"late"' in each.entry)
    files = [payload("receipt.tlog-proof", format_receipt(late))]
    fill_in(page, council.signer.verifier.vkey, files)

    verify(page)

    expect(page.get_by_text("不受理(理由: 期限後)")).to_be_visible()


def test_one_entry_in_two_hands_is_told_above_the_receipts(council: Council, page: Page) -> None:
    one = council.receipts[0]
    assert one.member is not None
    other = replace(one, member=replace(one.member, name="架空別村"))
    files = [
        payload(name, format_receipt(each))
        for name, each in (("my.tlog-proof", one), ("other.tlog-proof", other))
    ]
    fill_in(page, council.signer.verifier.vkey, files)

    verify(page)

    expect(page.locator("#verdict")).to_have_text("一致しません")
    expect(page.get_by_text("my.tlog-proof と other.tlog-proof は、同じ会員番号 M0001 を")).to_be_visible()
    assert Axe().run(page).generate_snapshot() == ""


def test_what_stands_in_a_file_cannot_steer_the_page(council: Council, page: Page) -> None:
    name = "<img src=x onerror=alert(1)>\u202e.zip"
    fill_in(page, council.signer.verifier.vkey, [payload(name, b"?")])

    verify(page)

    expect(page.locator("#report img")).to_have_count(0)
    assert "\u202e" not in page.locator("#report").inner_text()


def test_without_scripts_the_page_says_so(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto(FILE.as_uri())

    expect(page.get_by_text("このページのスクリプトが動いていません")).to_be_visible()
    expect(page.locator("#work")).to_be_hidden()


def test_a_published_result_is_downloaded_and_verified_on_the_same_site(
    world: World, address: str, new_page: NewPage, tmp_path: Path
) -> None:
    for number in range(1, 4):
        world.cast(f"M{number:04d}", CHOICES)
    world.at("2026-06-11 09:00")
    world.certify()
    page = new_page()
    page.goto(f"{address}/assemblies/council/2026-06")
    with page.expect_download() as saving:
        page.get_by_role("link", name="監査用一式をダウンロード(ZIP)").click()
    saving.value.save_as(tmp_path / "bundle.zip")
    page.get_by_role("link", name="検証ページを開く").click()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    receipt = payload("receipt.tlog-proof", format_receipt(world.receipts[0]))
    key = world.rt.keys.signer(world.origin).verifier.vkey

    fill_in(page, key, [payload("bundle.zip", (tmp_path / "bundle.zip").read_bytes()), receipt])
    verify(page)

    expect(page.locator("#verdict")).to_have_text("検証できました")
    expect(page.locator("#report")).to_contain_text("監事の選出について")
    assert asked == []


@pytest.mark.parametrize("place", ["site", "saved copy"])
def test_not_even_a_changed_script_could_talk_to_anybody(
    chromium: Browser, world: World, address: str, place: str
) -> None:
    page = chromium.new_page()
    page.goto(f"{address}/verifier" if place == "site" else FILE.as_uri())
    blocked: list[str] = []
    page.on("console", lambda line: blocked.append(line.text))

    answer = page.evaluate("address => fetch(address + '/healthz').catch(String)", address)

    assert answer == "TypeError: Failed to fetch"
    assert "Content Security Policy" in blocked[0]
    page.close()


def test_a_copy_saved_from_the_site_is_the_same_file(
    world: World, address: str, new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page()
    page.goto(f"{address}/assemblies/council/{world.origin.rpartition('/')[2]}")
    with page.expect_download() as saving:
        page.get_by_role("link", name="ファイルに保存").click()

    saving.value.save_as(tmp_path / "saved.html")

    assert saving.value.suggested_filename == "verifier.html"
    assert (tmp_path / "saved.html").read_bytes() == FILE.read_bytes()
    assert re.search(rb'(?:src|href)="(?!data:)', FILE.read_bytes()) is None
