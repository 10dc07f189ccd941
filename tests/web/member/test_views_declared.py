"""Once the result is published: what was counted for this member, how it checks that, how it objects."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from werkzeug.routing import Rule

from tests.web.conftest import SECRET, Browser
from tests.world import World
from voting.app import create_app
from voting.core.ballots import Mark
from voting.services.casting.own_vote import own_vote
from voting.verify.__main__ import main

Another = Callable[[], Browser]


def publish(world: World) -> None:
    world.at("2026-06-11 09:00")
    world.certify()


def test_a_member_reads_what_was_counted_for_it_and_why(world: World, browser: Browser) -> None:
    world.cast("M0001", {1: Mark.FOR, 2: Mark.FOR})
    world.at("2026-06-03 10:00")
    world.cast("M0001", {1: Mark.FOR, 2: Mark.AGAINST})
    publish(world)

    page = browser.open(world.codes["M0001"]).text

    for text in (
        "受付番号 R-000004 の回答を有効な回答として集計しました。",
        "<td><strong>賛成</strong></td><td>R-000004 の回答のとおり算入しました。</td>",
        "<td><strong>反対</strong></td><td>R-000004 の回答のとおり算入しました。</td>",
        "令和8年6月3日(水)10時00分",
        "R-000004 を有効な回答としたため、集計には用いていません。",
    ):
        assert text in page


def test_a_silent_member_opens_its_code_after_the_result_and_is_told_what_silence_came_to(
    world: World, browser: Browser
) -> None:
    publish(world)

    page = browser.open(world.codes["M0002"]).text

    assert "有効な回答がないため、未提出として取り扱いました。" in page
    assert page.count("<strong>賛成(未提出によるみなし)</strong>") == 2
    assert "規約第12条第3項により、賛成の表決があったものとみなして算入しました。" in page
    assert "提出の履歴" not in page and "--receipt" not in page
    assert "未提出として取り扱った会員の一覧(deemed.jsonl)にあります" in page


def test_a_late_answer_stays_in_the_history_with_its_reason(world: World, browser: Browser) -> None:
    world.at("2026-06-11 00:00")
    world.cast("M0001", {1: Mark.AGAINST, 2: Mark.AGAINST})
    publish(world)

    page = browser.open(world.codes["M0001"]).text

    assert "有効な回答はありません。" in page
    assert page.count("<strong>除外</strong>") == 2
    assert "R-000004 の表決書は期限を過ぎて到着したため" in page
    assert '<a href="/vote/receipt/4.tlog-proof" download>' in page


def test_the_page_says_how_to_check_it_and_how_to_object(world: World, browser: Browser) -> None:
    world.cast("M0001")
    publish(world)

    page = browser.open(world.codes["M0001"]).text

    for text in (
        'href="/assemblies/council/2026-06/bundle.zip" download',
        "voting verify council-2026-06-bundle.zip --key 検証鍵 --receipt 受付票のファイル",
        own_vote(world.rt, world.key("M0001")).member,
        "openings.jsonl の 3 番",
        "異議の申出",
        "申出先: 架空協議会事務局 電話000-0000-0000",
    ):
        assert text in page
    assert browser.get("/assemblies/council/2026-06/bundle.zip").status_code == 200


def test_what_the_page_says_of_the_record_is_found_in_the_bundle_and_the_verifier_agrees(
    world: World, browser: Browser, tmp_path: Path
) -> None:
    world.cast("M0001", {1: Mark.FOR, 2: Mark.AGAINST})
    publish(world)
    voted, silent = (own_vote(world.rt, world.key(member)) for member in ("M0001", "M0002"))
    browser.open(world.codes["M0001"])
    bundle, receipt = tmp_path / "council-2026-06-bundle.zip", tmp_path / "receipt-000003-final.tlog-proof"
    bundle.write_bytes(browser.get("/assemblies/council/2026-06/bundle.zip").data)
    receipt.write_bytes(browser.get("/vote/receipt/3/final.tlog-proof").data)

    verdict = main([str(bundle), "--key", world.case.vkey, "--receipt", str(receipt)])

    assert verdict == 0
    with zipfile.ZipFile(bundle) as files:
        openings = [json.loads(line) for line in files.read("openings.jsonl").splitlines()]
        deemed = [json.loads(line)["member"] for line in files.read("deemed.jsonl").splitlines()]
    assert voted.answer is not None
    assert [each["index"] for each in openings if each["index"] == voted.answer.index] == [3]
    assert silent.member in deemed and voted.member not in deemed


@pytest.mark.parametrize(
    ("disclosure", "shows_votes", "is_named"), [("L0", True, True), ("L1", True, False), ("L2", False, False)]
)
def test_it_says_what_of_the_member_stands_in_the_public_record(
    empty_world: World, disclosure: str, shows_votes: bool, is_named: bool
) -> None:
    empty_world.assembly(disclosure=disclosure)
    empty_world.at("2026-06-02 10:00")
    empty_world.cast("M0001")
    publish(empty_world)
    browser = Browser(create_app(empty_world.rt, secret=SECRET, secure_cookies=False).test_client())

    page = browser.open(empty_world.codes["M0001"]).text

    assert ("openings.jsonl" in page) is shows_votes
    assert ("見せた相手には、公開された記録のうち貴団体のものが分かります。" in page) is not is_named


@pytest.mark.parametrize("has_page", [True, False])
def test_it_leads_to_the_verifiers_page_only_where_the_site_has_one(world: World, has_page: bool) -> None:
    publish(world)
    app = create_app(world.rt, secret=SECRET, secure_cookies=False, parts=("member",))
    if has_page:
        app.url_map.add(Rule("/verifier", endpoint="member.code"))
    browser = Browser(app.test_client())

    page = browser.open(world.codes["M0001"]).text

    assert ('href="/verifier"' in page) is has_page
    assert "/assemblies/" not in page, "a site without the public's pages leads to none of them"


def test_attack_one_members_page_tells_nothing_of_anothers_vote(
    world: World, browser: Browser, another_browser: Another
) -> None:
    world.cast("M0001", {1: Mark.AGAINST, 2: Mark.AGAINST})
    publish(world)
    mine = own_vote(world.rt, world.key("M0001"))
    assert mine.salt in browser.open(world.codes["M0001"]).text

    page = another_browser().open(world.codes["M0002"]).text

    assert mine.salt not in page and mine.member not in page
    assert "R-000003" not in page and "<strong>反対</strong>" not in page


def test_before_the_result_nothing_of_it_is_shown(world: World, browser: Browser) -> None:
    world.cast("M0001")
    world.at("2026-06-11 09:00")

    page = browser.open(world.codes["M0001"]).text

    assert "受付は終了しました" in page
    assert "異議の申出" not in page and "記号の元の値" not in page
