"""The pages of members and of the public for who reads English: the same acts, the same cookie, one law."""

import re
from html.parser import HTMLParser

import pytest

from tests.documents.english import left_in_japanese
from tests.services.test_correcting import correct
from tests.web.conftest import FORM, Browser
from tests.world import World, jst
from voting.core.ballots import Mark
from voting.core.permissions import Role
from voting.ledger.receipt_file import parse_receipt
from voting.services.proof.incidents import Report, record_incident

PAGE = "/assemblies/council/2026-06"
PREVAILS = "The Japanese prevails."
NAME, TYPED = "架空1町", ("企画課", "架空　花子", "回線の工事", "日本語")


class Unmarked(HTMLParser):
    """The text of a page outside of what is marked as Japanese."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "link", "input", "br", "rect"}:
            around = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or around))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][1] != "ja":
            self.said.append(data)


def unmarked(page: str, *given: str) -> list[str]:
    """The Japanese that a page says without saying that it is Japanese."""
    # Choices by candidate and reasons have names inside a sentence: those are given, not ours.
    return left_in_japanese(" ".join(Unmarked(page).said), (*TYPED, *given))


@pytest.fixture
def english(browser: Browser) -> Browser:
    """A browser that asked for English on the first page of the site, which sets no cookie itself."""
    browser.get(re.findall(r'href="(/language\?back=[^"]*)"', browser.get("/").text)[0])
    answer = browser.post("/language", browser.hidden() | {"language": "en"})
    assert answer.location == "/"
    return browser


def titles(world: World) -> tuple[str, ...]:
    docket = world.case.docket
    return (docket.body.name, docket.assembly.title, world.case.contact)


def require_english(page: str, *given: str) -> None:
    assert '<html lang="en">' in page
    assert unmarked(page, *given) == []


def test_a_whole_vote_is_cast_in_english(world: World, english: Browser) -> None:
    require_english(english.get("/v").text)
    ballot = english.open(world.codes["M0001"]).text
    require_english(ballot, *titles(world))
    assert PREVAILS in ballot and "2026-06-10 23:59 JST" in ballot

    english.confirm()
    require_english(english.page, *titles(world))
    assert "Motion 1" in english.page and "<strong>Against</strong>" in english.page
    receipt = english.post("/vote/cast", english.hidden()).text

    require_english(receipt, *titles(world))
    assert "Your vote has been received" in receipt and "R-000003" in receipt
    assert "<strong>For</strong>" in receipt and "2026-06-02 10:00 JST" in receipt and PREVAILS in receipt
    again = english.get("/vote").text
    require_english(again, *titles(world))
    assert "Your answer has been received" in again
    # Recorded are the words of the format, whatever language was read.
    file = parse_receipt(english.get("/vote/receipt/3.tlog-proof").data)
    assert file.words == {"1": "賛成", "2": "反対"}


def test_the_receipts_of_both_languages_are_kept_apart(world: World, english: Browser) -> None:
    """Their pages are rendered once a process, one for each language."""
    pages = []
    for number in ("M0001", "M0002", "M0003", "M0004"):
        english.client.set_cookie("language", "ja" if number in ("M0002", "M0004") else "en")
        english.open(world.codes[number])
        pages.append(english.cast().text)

    assert ["Your vote has been received" in page for page in pages] == [True, False, True, False]
    assert ["表決を受け付けました" in page for page in pages] == [False, True, False, True]
    assert pages[2].count("R-000005") == pages[0].count("R-000003")


def test_a_change_of_language_loses_nothing_that_was_filled_in(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    shown = browser.post("/vote/fill", FORM | {"opinion": "日本語", "language": "en"})

    assert "language=en" in shown.headers["Set-Cookie"]
    require_english(shown.text, *titles(world))
    assert 'value="企画課"' in shown.text and ">日本語</textarea>" in shown.text
    assert shown.text.count(" checked") == 2
    for address in ("/vote/review", "/vote/draft"):
        assert '<html lang="ja">' in browser.post(address, FORM | {"language": "ja"}).text
        assert "企画課" in browser.page
        require_english(browser.post(address, FORM | {"language": "en"}).text, *titles(world))
    assert len(world.entries()) == 3


def test_what_is_missing_is_named_in_english(world: World, english: Browser) -> None:
    english.open(world.codes["M0001"])

    page = english.post("/vote/review", {"m1": "for", "section": "x" * 101, "respondent": "a\u202eb"}).text

    require_english(page, *titles(world))
    assert "Please choose an answer to Motion 2." in page
    assert "Section may have 100 characters at most." in page
    assert "Name of the person who answers has characters that cannot be used" in page


@pytest.mark.parametrize("typed", ["", "AAAA-BBBB", "2" * 24])
def test_a_wrong_code_is_refused_in_english(typed: str, english: Browser) -> None:
    english.get("/v")

    answer = english.post("/v", {"code": typed})

    assert answer.status_code == 422
    require_english(answer.text)
    assert "Please check the voting code" in answer.text


def test_errors_are_told_in_english(world: World, english: Browser) -> None:
    require_english(english.get("/nowhere").text)
    require_english(english.client.post("/v", data={}).text)
    english.open(world.codes["M0001"])
    require_english(english.get("/vote/receipt/99.pdf").text)


def test_after_the_close_a_member_reads_its_standing_in_english(world: World, english: Browser) -> None:
    world.cast("M0001", {1: Mark.FOR, 2: Mark.AGAINST})
    world.at("2026-06-11 09:00")
    for number in ("M0001", "M0002"):
        page = english.open(world.codes[number]).text
        require_english(page, *titles(world))
        assert "The period is over" in page
    assert "You returned no ballot by the deadline." in english.page


def test_a_late_answer_is_refused_in_english(world: World, english: Browser) -> None:
    world.at("2026-06-10 23:58")
    english.open(world.codes["M0001"])
    form = english.confirm()
    world.at("2026-06-11 00:00")

    late = english.post("/vote/cast", form).text

    require_english(late, *titles(world))
    assert "Your vote cannot be counted" in late


def test_before_the_opening_a_member_reads_the_motions_in_english(world: World, english: Browser) -> None:
    world.at("2026-05-20 09:00")

    page = english.open(world.codes["M0001"]).text

    require_english(page, *titles(world))
    assert "The period has not begun yet" in page


def test_the_own_vote_and_the_result_are_told_in_english(world: World, english: Browser) -> None:
    report = Report("outage", jst("2026-06-02 08:00"), jst("2026-06-02 09:00"), "回線の工事")
    record_incident(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, report)
    world.cast("M0001", {1: Mark.FOR, 2: Mark.AGAINST})
    require_english(english.get(PAGE).text, *titles(world))
    world.at("2026-06-11 09:00")
    world.certify()

    for number in ("M0001", "M0002"):
        page = english.open(world.codes[number]).text
        require_english(page, *titles(world), *world.case.docket.rules.clauses.values())
        assert "Your vote as counted" in page and PREVAILS in page
    result = english.get(PAGE).text

    require_english(result, *titles(world), *world.case.docket.rules.clauses.values(), *signers(world))
    assert PREVAILS in result and "Carried" in result and "Chair " in result
    assert "Correction" not in result
    correct(world)
    corrected = english.get(PAGE).text
    assert "This result was corrected as below." in corrected
    assert english.get(PAGE).headers["Vary"] == "Cookie"


def signers(world: World) -> tuple[str, ...]:
    return tuple(world.officer(role).name for role in (Role.CHAIR, Role.AUDITOR))


def test_the_lists_of_the_public_are_told_in_english(world: World, english: Browser) -> None:
    for address in ("/", "/ledger/", "/language"):
        require_english(english.get(address).text, *titles(world))


def test_the_public_pages_lead_to_the_form_and_set_no_cookie(world: World, browser: Browser) -> None:
    for address in ("/", PAGE, "/ledger/"):
        answer = browser.get(address)
        assert "Set-Cookie" not in answer.headers
        assert f'<a class="quiet" href="/language?back={address}" lang="en"' in answer.text


def test_attack_a_language_is_no_way_to_another_site(browser: Browser) -> None:
    page = browser.get("/language?back=https://attacker.example/").text

    assert browser.hidden()["back"] == "/"
    assert "attacker" not in page
    assert browser.post("/language", {"language": "en", "back": "//attacker.example/"}).location == "/"


def test_attack_a_language_of_nobodys_changes_nothing(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    answer = browser.post("/vote/fill", FORM | {"language": "tlh"})

    assert '<html lang="ja">' in answer.text
    assert "Set-Cookie" not in answer.headers
