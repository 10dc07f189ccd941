"""Faults as pages: what happened, what to do, and nothing about how the program works."""

import dataclasses
import logging
from typing import Any

import pytest
from flask import Flask

from tests.web.conftest import SECRET, Browser
from tests.world import World
from voting.app import create_app
from voting.i18n import catalogue
from voting.ledger.checkpoint import Checkpoint, sign
from voting.web.errors import STATUS


def test_every_status_belongs_to_a_code_that_exists() -> None:
    assert set(STATUS) - set(catalogue()) == set()


@pytest.mark.parametrize(
    "address",
    ["/nowhere", "/assemblies/council/1999", "/assemblies/a/b/c", "/documents/00/x", "/.git/config"],
)
def test_what_is_not_there_is_404(browser: Browser, address: str) -> None:
    answer = browser.get(address)

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_that_is_asked_for_as_a_page_says_which_way_it_is_meant(browser: Browser) -> None:
    answer = browser.get("/leave")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_too_large_a_form_is_refused_before_it_is_read(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    answer = browser.post("/vote/review", {"opinion": "x" * 70_000})

    assert answer.status_code == 413
    assert "何も提出されていません" in answer.text


def test_while_the_ledger_is_behind_what_was_signed_ballots_wait(world: World, browser: Browser) -> None:
    """A restored backup: the anchor knows more than the database."""
    browser.open(world.codes["M0001"])
    form = browser.confirm()
    anchors = world.rt.anchors
    ahead = anchors.read(world.origin)
    signer = world.rt.keys.signer(world.origin)
    anchors.swap(world.origin, sign(Checkpoint(world.origin, 99, bytes(range(32))), signer))

    answer = browser.post("/vote/cast", form)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "120"
    assert "今の操作では何も提出されていません" in answer.text
    # What was received before may be lost: nobody is told that it is not, but whom to ask and what to keep.
    assert "失われません" not in answer.text
    assert "受付票は、受付の証拠になります" in answer.text
    assert world.case.contact in answer.text
    anchors.swap(world.origin, ahead)


def test_a_fault_of_the_host_is_told_without_its_folders(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])
    form = browser.confirm()
    file = next(path for path in world.rt.anchors._folder.iterdir())
    content = file.read_bytes()
    file.unlink()

    answer = browser.post("/vote/cast", form)

    assert answer.status_code == 503
    assert str(file.parent) not in answer.text and "anchor" not in answer.text
    file.write_bytes(content)


@dataclasses.dataclass(frozen=True)
class Failing:
    """A database that fails with a message full of secrets."""

    message: str

    def reading(self) -> Any:
        raise RuntimeError(self.message)


def test_the_unexpected_is_a_plain_page_and_a_log_line_without_its_words(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    rt = dataclasses.replace(world.rt, database=Failing("花子 voted against with ABCD"))  # type: ignore[arg-type]
    app: Flask = create_app(rt, secret=SECRET, secure_cookies=False)

    with caplog.at_level(logging.DEBUG):
        answer = app.test_client().get("/")

    assert answer.status_code == 500
    assert "Traceback" not in answer.text and "花子" not in answer.text
    line = next(each.getMessage() for each in caplog.records if each.name == "voting.web")
    assert "RuntimeError" in line and "GET / at" in line and ".py:" in line
    assert "花子" not in caplog.text
    reference = line.split()[1].rstrip(":")
    assert reference in answer.text
