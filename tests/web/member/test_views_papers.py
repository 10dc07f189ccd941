"""What a member takes home, how elections are voted, and names that are attacks."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.documents.reading import squeezed, text_of
from tests.receipt_check import check
from tests.web.conftest import Browser
from tests.world import COUNCIL, GIAN, World
from voting.app import create_app
from voting.core.motions import Method, Motion, MotionKind
from voting.ledger.receipt_file import parse_receipt

Another = Callable[[], Browser]


def voted(world: World) -> int:
    """How many entries there are beyond genesis, freeze and issue."""
    return len(world.entries()) - 3


def test_the_receipt_file_proves_the_answer(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])
    browser.cast()

    answer = browser.get("/vote/receipt/3.tlog-proof")

    assert "attachment" in answer.headers["Content-Disposition"]
    receipt = parse_receipt(answer.data)
    assert receipt.words == {"1": "賛成", "2": "反対"}
    world.receipts.append(receipt)


def test_the_receipt_is_there_as_a_paper(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])
    browser.cast()

    answer = browser.get("/vote/receipt/3.pdf")

    assert answer.data.startswith(b"%PDF-")
    assert answer.mimetype == "application/pdf"


def test_a_translation_of_the_receipt_is_offered_beside_it(
    world: World, browser: Browser, tmp_path: Path
) -> None:
    browser.open(world.codes["M0001"])
    page = browser.cast().text

    answer = browser.get("/vote/receipt/3/english.pdf")

    assert 'href="/vote/receipt/3/english.pdf" hreflang="en" download' in page
    assert 'href="/vote/receipt/3/english.pdf" hreflang="en" download' in browser.get("/vote").text
    assert 'filename="receipt-000003-en.pdf"' in answer.headers["Content-Disposition"]
    text = " ".join(text_of(answer.data, tmp_path).split())
    assert "The receipt in Japanese prevails." in text
    assert "Motion 1 事業計画について For" in text
    assert "Against" in text


@pytest.mark.parametrize("kind", [".pdf", ".tlog-proof", "/english.pdf"])
def test_attack_another_members_receipt_is_not_there(
    world: World, browser: Browser, another_browser: Another, kind: str
) -> None:
    browser.open(world.codes["M0001"])
    browser.cast()
    stranger = another_browser()
    stranger.open(world.codes["M0002"])

    foreign, missing = stranger.get(f"/vote/receipt/3{kind}"), stranger.get(f"/vote/receipt/999{kind}")

    assert foreign.status_code == missing.status_code == 404
    assert foreign.text.replace("R-000003", "") == missing.text.replace("R-000999", "")
    assert stranger.get(f"/vote/receipt/0{kind}").status_code == 404
    assert stranger.get(f"/vote/receipt/{2**70}{kind}").status_code == 404


def test_after_the_result_the_answer_is_there_with_its_proof_against_the_final_record(
    world: World, browser: Browser, tmp_path: Path
) -> None:
    browser.open(world.codes["M0001"])
    browser.cast()
    assert "/final." not in browser.get("/vote").text
    assert browser.get("/vote/receipt/3/final.tlog-proof").status_code == 409
    world.at("2026-06-11 00:00")
    world.certify()

    page = browser.open(world.codes["M0001"]).text
    file, paper = browser.get("/vote/receipt/3/final.tlog-proof"), browser.get("/vote/receipt/3/final.pdf")
    translation = browser.get("/vote/receipt/3/final-english.pdf")

    assert "最終の記録に対する証明" in page
    assert 'href="/vote/receipt/3/final.tlog-proof" download' in page
    assert 'filename="receipt-000003-final.tlog-proof"' in file.headers["Content-Disposition"]
    note = world.rt.anchors.read(world.origin)
    assert parse_receipt(file.data).checkpoint == note
    check(file.data, world.case.vkey, note, world.entries())
    assert "受付票(最終の記録に対する証明)" in squeezed(text_of(paper.data, tmp_path))
    assert "proved against the final record" in " ".join(text_of(translation.data, tmp_path).split())
    assert file.headers["Cache-Control"] == paper.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kind", [".pdf", ".tlog-proof", "-english.pdf"])
def test_attack_another_members_final_receipt_is_not_there(
    world: World, browser: Browser, another_browser: Another, kind: str
) -> None:
    browser.open(world.codes["M0001"])
    browser.cast()
    world.at("2026-06-11 00:00")
    world.certify()
    browser.open(world.codes["M0001"])
    stranger = another_browser()
    stranger.open(world.codes["M0002"])

    assert browser.get(f"/vote/receipt/3/final{kind}").status_code == 200
    assert stranger.get(f"/vote/receipt/3/final{kind}").status_code == 404


def test_the_issued_ballot_can_be_kept_with_its_signature(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    assert browser.get("/vote/ballot.txt").text.startswith(
        "voting/issued/v1\nvote.example.or.jp/council/2026-06\n"
    )


def test_a_motions_paper_is_saved_and_never_shown_inside_the_site(world: World, browser: Browser) -> None:
    digest = sha256(GIAN).hexdigest()
    page = browser.open(world.codes["M0001"]).text
    assert f'href="/documents/{digest}/' in page and "(1 KB)" in page

    answer = browser.get(f"/documents/{digest}/第1号議案.pdf")

    assert answer.data == GIAN
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E7%AC%AC1")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_attack_a_papers_name_cannot_become_a_header(world: World, browser: Browser) -> None:
    digest = sha256(GIAN).hexdigest()

    answer = browser.get(f"/documents/{digest}/a%22%0d%0aSet-Cookie:%20x=1")

    assert (
        answer.headers["Content-Disposition"]
        == "attachment; filename*=UTF-8''a%22%0D%0ASet-Cookie%3A%20x%3D1"
    )
    assert "Set-Cookie" not in answer.headers


def test_elections_are_voted_by_candidate_and_by_name(empty_world: World) -> None:
    motions = (
        Motion(
            1,
            "監事の選出",
            MotionKind.ELECTION,
            method=Method.CONFIDENCE,
            seats=2,
            candidates=("甲市", "乙町"),
        ),
        Motion(
            2,
            "部会長の選出",
            MotionKind.ELECTION,
            method=Method.PLURALITY,
            seats=1,
            candidates=("丙村", "丁区"),
        ),
    )
    empty_world.assembly(motions=motions, rules=COUNCIL)
    empty_world.at("2026-06-02 10:00")
    browser = Browser(create_app(empty_world.rt, secret=b"x" * 32, secure_cookies=False).test_client())
    page = browser.open(empty_world.codes["M0001"]).text
    assert "不信任" in page and "いずれの候補者も選ばない" in page

    person = {"section": "企画課", "respondent": "花子"}
    browser.post("/vote/review", person | {"m1c1": "for", "m1c2": "against", "m2": "2"})
    page = browser.post("/vote/cast", browser.hidden()).text

    assert "乙町：不信任、甲市：信任" in page
    assert "丁区" in page


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "' or 1=1 --", "%s%(x)s"],
)
def test_attack_whatever_is_typed_is_printed_as_text(world: World, browser: Browser, text: str) -> None:
    browser.open(world.codes["M0001"])

    browser.confirm({"section": text, "respondent": text, "opinion": text})
    confirmation = browser.page
    receipt = browser.post("/vote/cast", browser.hidden()).text
    ballot = browser.get("/vote").text

    for page in (confirmation, receipt, ballot):
        assert "<script>" not in page and "<img" not in page and ">49<" not in page
    assert voted(world) == 1
