"""The page by itself on a form that came before a motion was put again: it is its own rule that refutes."""

import importlib.machinery
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser

from tests.browser.verifier.hand import ROOT, Hand
from tests.conftest import world
from tests.services.test_amending import begin, held
from tests.services.test_asked import counted_all_the_same
from tests.world import World

__all__ = ["world"]
RULE = "return body.paper > amend.index && body.received_at >= amend.time;"
# What decided before: the place of the ballot.
DISARMED = "return index > amend.index;"


@pytest.fixture
def bundle(world: World) -> tuple[bytes, World]:
    return counted_all_the_same(begin(world)).zipped(), world


def failing(hand: Hand, bundle: tuple[bytes, World]) -> set[int]:
    data, council = bundle
    report = hand.judge_bundle(data, held(council))
    return {each["number"] for each in report["checks"] if each["status"] == "failed"}


def test_the_page_refutes_a_result_that_counts_a_form_of_before(
    hand: Hand, bundle: tuple[bytes, World]
) -> None:
    assert {21, 23} <= failing(hand, bundle)


def test_a_page_without_that_rule_sees_no_wrong_count(
    chromium: Browser, bundle: tuple[bytes, World], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it then refutes (9, 17) is that the ballot names the texts that it was asked."""
    builder = _builder()
    source = builder._source
    assert source("evidence.js").count(RULE) == 1
    monkeypatch.setattr(builder, "_source", lambda name: source(name).replace(RULE, DISARMED))
    there = tmp_path / "verifier.html"
    there.write_text(builder.page(), "utf-8")
    page = chromium.new_page()
    page.goto(there.as_uri())

    found = failing(Hand(page), bundle)

    page.close()
    assert found == {9, 17}


def _builder() -> ModuleType:
    path = str(ROOT / "tools" / "build-verifier")
    loader = importlib.machinery.SourceFileLoader("build_verifier", path)
    spec = importlib.util.spec_from_loader("build_verifier", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module
