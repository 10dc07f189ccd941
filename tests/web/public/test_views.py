"""What the public sees, and when."""

import json
import re
import sqlite3
from hashlib import sha256

import pytest

from tests.web.conftest import SECRET, Browser
from tests.world import World, jst
from voting.app import create_app
from voting.core.ballots import Mark
from voting.core.motions import Motion
from voting.core.permissions import Act, Role
from voting.ledger import checkpoint as checkpoints
from voting.services.outcome import correcting
from voting.services.outcome.result_files import FILES
from voting.services.proof.incidents import Report, record_incident

PAGE = "/assemblies/council/2026-06"


@pytest.fixture
def published(world: World) -> World:
    """Three of five answered, one of them against the second motion."""
    for member in ("M0001", "M0002"):
        world.cast(member, {1: Mark.FOR, 2: Mark.FOR})
    world.cast("M0003", {1: Mark.FOR, 2: Mark.AGAINST})
    world.at("2026-06-11 09:00")
    world.certify()
    return world


def test_the_first_page_leads_to_the_code_and_to_every_assembly(browser: Browser) -> None:
    page = browser.get("/").text

    assert "回答コードをお持ちの方" in page and 'href="/v"' in page
    assert f'href="{PAGE}"' in page
    assert "受付中" in page


def test_what_has_not_been_sent_out_is_not_public(empty_world: World) -> None:
    empty_world.draft()
    client = create_app(empty_world.rt, secret=SECRET, secure_cookies=False).test_client()

    assert "令和8年度総会" not in client.get("/").text
    for address in (PAGE, f"{PAGE}/checkpoint", f"{PAGE}/log.vkey", f"{PAGE}/result.json"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("at", ["2026-06-02 10:00", "2026-06-11 09:00"])
def test_before_the_result_no_number_and_no_choice_is_shown(world: World, browser: Browser, at: str) -> None:
    world.cast("M0001", {1: Mark.AGAINST, 2: Mark.AGAINST})
    world.at(at)

    page = browser.get(PAGE).text

    assert "事業計画について" in page
    assert "反対" not in page.replace("賛成、反対", "") and "票" not in page
    for name in FILES:
        assert browser.get(f"{PAGE}/{name}").status_code == 404


def test_the_result_has_the_form_that_members_know(published: World, browser: Browser) -> None:
    page = browser.get(PAGE).text

    for text in (
        "令和8年度総会の結果",
        "賛成5票(うち未提出によるみなし賛成2票)、反対0票",
        "賛成4票(うち未提出によるみなし賛成2票)、反対1票",
        "可決",
        "議決要件: 出席会員(みなしを含む。)の過半数",
        "表決書の提出がない2会員",
        "みなしを除いた集計",
    ):
        assert text in page
    assert "架空1町" not in page


def test_every_row_of_the_table_adds_up(published: World, browser: Browser) -> None:
    page = browser.get(PAGE).text
    table = page[page.index('<table class="numbers">') : page.index("</table>")]
    rows = [
        [int(cell) for cell in re.findall(r"<td[^>]*>(\d+)</td>", row)] for row in table.split("<tr>")[2:]
    ]

    assert rows == [[5, 3, 2, 0, 0, 0, 0, 0, 5], [4, 2, 2, 1, 0, 0, 0, 0, 5]]
    for favour, expressed, deemed, *others, total in rows:
        assert expressed + deemed == favour and favour + sum(others) == total


def test_the_picture_says_its_numbers_in_words_too(published: World, browser: Browser) -> None:
    page = browser.get(PAGE).text

    assert 'role="img" aria-label="賛成4票(うち未提出によるみなし賛成2票)、反対1票"' in page
    assert page.count('<svg class="bar"') == 2
    assert "style=" not in page


def test_the_published_files_are_those_that_were_certified(published: World, browser: Browser) -> None:
    page = browser.get(PAGE).text

    content = browser.get(f"{PAGE}/result.json")
    assert sha256(content.data).hexdigest() in page
    assert json.loads(content.data)["format"]
    assert browser.get(f"{PAGE}/result.pdf").data.startswith(b"%PDF-")
    assert browser.get(f"{PAGE}/result.csv").data.startswith(b"\xef\xbb\xbf")
    assert browser.get(f"{PAGE}/result-summary.pdf").data.startswith(b"%PDF-")
    assert browser.get(f"{PAGE}/result.xlsx").data.startswith(b"PK")
    for name in FILES:
        assert f'href="{PAGE}/{name}"' in page
        assert "attachment" in browser.get(f"{PAGE}/{name}").headers["Content-Disposition"]


def test_the_table_can_be_had_in_shift_jis_and_the_page_says_that_nothing_is_lost(
    published: World, browser: Browser
) -> None:
    page = browser.get(PAGE).text

    assert f'href="{PAGE}/result.csv?encoding=cp932"' in page
    assert "失われる文字はありません。" in page
    found = browser.get(f"{PAGE}/result.csv?encoding=cp932")
    assert found.data.decode("cp932") == browser.get(f"{PAGE}/result.csv").data.decode("utf-8-sig")
    assert found.headers["Content-Type"] == "text/csv; charset=Shift_JIS"
    assert "result-cp932.csv" in found.headers["Content-Disposition"]
    for other in ("result.csv?encoding=euc-jp", "result.json?encoding=cp932", "result.pdf?encoding=cp932"):
        assert browser.get(f"{PAGE}/{other}").status_code == 404


def test_what_shift_jis_loses_stands_beside_the_link(empty_world: World) -> None:
    empty_world.assembly(motions=(Motion(1, "𠮷野町の<加入>について"),))
    empty_world.at("2026-06-11 00:00")
    empty_world.certify()
    client = create_app(empty_world.rt, secret=SECRET, secure_cookies=False).test_client()

    page = client.get(PAGE).text

    assert "「𠮷野町の&lt;加入&gt;について」の「𠮷」(U+20BB7)は「〓」になります。" in page
    assert "失われる文字はありません" not in page
    assert "〓野町" in client.get(f"{PAGE}/result.csv?encoding=cp932").data.decode("cp932")


def test_a_result_of_an_older_release_offers_what_there_is(published: World, browser: Browser) -> None:
    with sqlite3.connect(published.rt.database.engine.url.database or "") as raw:
        raw.execute(
            "DELETE FROM publication WHERE name IN ('result-summary.pdf', 'result-en.pdf', 'result.xlsx')"
        )

    page = browser.get(PAGE).text

    assert f'href="{PAGE}/result.pdf"' in page
    for name in ("result-summary.pdf", "result-en.pdf", "result.xlsx"):
        assert f'href="{PAGE}/{name}"' not in page
        assert browser.get(f"{PAGE}/{name}").status_code == 404


def test_anybody_can_fetch_what_the_ledger_is_checked_with(world: World, browser: Browser) -> None:
    key = browser.get(f"{PAGE}/log.vkey").text
    note = browser.get(f"{PAGE}/checkpoint").data

    verifier = world.rt.keys.signer(world.origin).verifier
    assert key.startswith(world.origin + "+")
    assert checkpoints.open(note, [verifier]).size == 3
    assert key.strip() in browser.get(PAGE).text


def test_public_pages_set_no_cookie(published: World, browser: Browser) -> None:
    for address in ("/", PAGE, f"{PAGE}/result.json", "/healthz"):
        assert "Set-Cookie" not in browser.get(address).headers


def outage(world: World) -> None:
    report = Report("outage", jst("2026-06-02 08:00"), jst("2026-06-02 09:00"), "回線の<工事>")
    record_incident(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, report)


def test_an_incident_stands_at_the_top_of_the_page_as_soon_as_it_is_recorded(
    world: World, browser: Browser
) -> None:
    assert "受付の障害" not in browser.get(PAGE).text
    outage(world)

    page = browser.get(PAGE).text
    told = "令和8年6月2日(火)8時00分から令和8年6月2日(火)9時00分まで　停止　回線の&lt;工事&gt;"
    assert told in page
    assert page.index(told) < page.index("議案</h2>")
    browser.open(world.codes["M0001"])
    assert told in browser.page


def test_a_corrected_result_says_so_and_the_old_files_can_still_be_had(
    published: World, browser: Browser
) -> None:
    old = browser.get(f"{PAGE}/result.pdf").data
    assert "訂正" not in browser.get(PAGE).text
    published.at("2026-06-15 10:00")
    chair = published.officer(Role.CHAIR)
    correcting.propose(published.rt, chair, published.origin, reason="氏名の<誤り>のため")
    published.two(Act.CORRECT, Role.CHAIR, Role.AUDITOR)

    page = browser.get(PAGE).text

    assert "令和8年6月15日(月)10時00分 訂正" in page
    assert "氏名の&lt;誤り&gt;のため" in page
    for name in FILES:
        stem, _, ending = name.rpartition(".")
        assert f'href="{PAGE}/{stem}-1.{ending}"' in page
        assert f">{stem}-1.{ending}<" not in page
        assert browser.get(f"{PAGE}/{stem}-2.{ending}").data == browser.get(f"{PAGE}/{name}").data
    assert browser.get(f"{PAGE}/result-1.pdf").data == old
    assert browser.get(f"{PAGE}/result.pdf").data != old
    for name in (
        "result-3.pdf",
        "result-0.pdf",
        "result--1.pdf",
        "result-1.exe",
        "roll.csv",
        "result-summary.csv",
    ):
        assert browser.get(f"{PAGE}/{name}").status_code == 404
