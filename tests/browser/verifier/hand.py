"""The other hand: the page in a real browser, asked by the function that its own button calls."""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.verify.forge import check
from voting.ledger.receipt_file import format_receipt
from voting.verify.evidence import Held
from voting.verify.findings import Finding, Unreadable

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT / "static" / "verifier.html"
# What comes from the reader of a format is said in its own words.
OWN_WORDS = {"detail"}
NOT_PASSED = {"failed", "unproved"}

_JUDGE = """async ([key, files]) => {
  const bytes = data => Uint8Array.from(atob(data), each => each.charCodeAt(0));
  const given = files.map(([name, data]) => ({ name, bytes: bytes(data) }));
  return JSON.stringify(await verifier.judge({ key, files: given }));
}"""
_COUNT = """texts => texts.map(text => {
  try { return verifier.countJson(text); } catch (fault) { return { refused: String(fault) }; }
})"""
_SIGNED = """async given => {
  const bytes = given.map(data => Uint8Array.from(atob(data), each => each.charCodeAt(0)));
  return verifier.isSigned(...bytes);
}"""


@dataclass
class Hand:
    """A page that stays open for many questions."""

    page: Page

    def judge(self, key: str, files: Sequence[tuple[str, bytes]]) -> dict[str, Any]:
        """What the page finds about files given by name.  Shape: judge.js, Report."""
        given = [(name, b64encode(data).decode()) for name, data in files]
        report: dict[str, Any] = json.loads(self.page.evaluate(_JUDGE, [key, given]))
        return report

    def judge_bundle(self, data: bytes, held: Held) -> dict[str, Any]:
        """The same about a bundle and what somebody holds."""
        receipts = [(name, format_receipt(receipt)) for name, receipt in held.receipts]
        return self.judge(held.key.vkey, [("bundle.zip", data), *held.checkpoints, *receipts])

    def is_signed(self, key: bytes, signature: bytes, message: bytes) -> bool:
        """Whether the page takes this for an Ed25519 signature."""
        found: bool = self.page.evaluate(
            _SIGNED, [b64encode(each).decode() for each in (key, signature, message)]
        )
        return found

    def counts(self, texts: Iterable[str]) -> list[dict[str, Any]]:
        """result.json and the silent members of many assemblies.  Shape: count/door.js."""
        found: list[dict[str, Any]] = self.page.evaluate(_COUNT, list(texts))
        return found


def in_python(finding: Finding) -> dict[str, Any]:
    """A finding of the Python verifier, to be compared."""
    return {
        "number": finding.number,
        "status": finding.status.value,
        "items": finding.items,
        "fault": finding.fault,
        "rests_on": finding.rests_on,
        "why": finding.why,
        "facts": _plain(finding.facts),
        "notes": [(each.code, each.is_warning, _plain(each.facts)) for each in finding.notes],
    }


def in_page(check: Mapping[str, Any]) -> dict[str, Any]:
    """The same of the page."""
    return {
        "number": check["number"],
        "status": check["status"],
        "items": check["items"],
        "fault": check.get("fault", ""),
        "rests_on": check.get("restsOn"),
        "why": check.get("why", ""),
        "facts": _plain(check["facts"]),
        "notes": [(each["code"], each["isWarning"], _plain(each["facts"])) for each in check["notes"]],
    }


def _plain(facts: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in facts.items() if name not in OWN_WORDS}


def both_check(hand: Hand, data: bytes, held: Held) -> tuple[Finding, ...]:
    """What the Python verifier finds, after the page has found the same.  Raises: Unreadable.

    Ties    where a bundle has several faults, which of them a check tells first, and whether it could be made
            at all, is left to each of the two.
    """
    report = hand.judge_bundle(data, held)
    try:
        found = check(data, held)
    except Unreadable:
        assert report["verdict"] == "unreadable"
        raise
    for theirs, ours in zip(map(in_page, report["checks"]), map(in_python, found), strict=True):
        assert theirs == ours or {theirs["status"], ours["status"]} <= NOT_PASSED
        assert theirs["number"] == ours["number"]
    assert report["verdict"] == ("verified" if all(each.passes for each in found) else "refuted")
    return found
