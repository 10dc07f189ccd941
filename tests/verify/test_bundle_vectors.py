"""The fixed bundles of tests/vectors/bundles belong to the format: every verifier has to judge them so.

An attack is a bundle with some files replaced or taken away (null), and the checks that then fail by
themselves; others may rest on these.
"""

import base64
import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from tests.verify.forge import check, failed
from voting.ledger.bundle_zip import central_header, end_record, local_header, write_zip
from voting.ledger.entries import entries_of
from voting.ledger.kinds import Body
from voting.ledger.note import Verifier
from voting.ledger.receipt import check_receipt, parse_receipt
from voting.verify.__main__ import main
from voting.verify.bundle import read_bundle
from voting.verify.evidence import Evidence, Held
from voting.verify.findings import Finding

FOLDER = Path(__file__).parents[1] / "vectors" / "bundles"
KEY = Verifier.from_vkey((FOLDER / "log.vkey").read_text("ascii").rstrip("\n"))
CONTAINERS = json.loads((FOLDER / "containers.json").read_text("utf-8"))
ATTACKS = json.loads((FOLDER / "attacks.json").read_text("utf-8"))
RECEIPTS = tuple(
    (each.name, parse_receipt(each.read_bytes())) for each in sorted(FOLDER.glob("*.tlog-proof"))
)


@pytest.mark.parametrize("name", ["public", "auditor"])
def test_a_fixed_bundle_is_verified_with_all_the_receipts_of_its_members(name):
    findings = check((FOLDER / f"{name}.zip").read_bytes(), Held(KEY, receipts=RECEIPTS))

    assert len(RECEIPTS) > 5
    assert [each.number for each in findings if not each.passes] == []


def test_a_fixed_bundle_with_every_kind_of_entry_is_verified():
    data = (FOLDER / "every-kind.zip").read_bytes()

    assert [each.number for each in check(data, Held(KEY)) if not each.passes] == []
    kinds = {
        entry.kind for piece in Evidence(read_bundle(data), Held(KEY)).pieces for entry in entries_of(piece)
    }
    assert kinds == {body.kind for body in Body.__subclasses__()}


def overtaken(name: str) -> list[Finding]:
    key = Verifier.from_vkey((FOLDER / "overtaken.vkey").read_text("ascii").rstrip("\n"))
    return list(check((FOLDER / f"{name}.zip").read_bytes(), Held(key)))


def test_a_fixed_bundle_with_sheets_that_came_before_the_texts_were_amended_is_verified():
    """One by its place, one by its hour, one vote by the web; a sheet and a vote on the new texts count."""
    findings = overtaken("overtaken")

    assert [each.number for each in findings if not each.passes] == []
    assert [findings[24].facts[each] for each in ("sent", "counted", "void")] == [5, 2, 3]


@pytest.mark.parametrize("what_decides", ["place", "hour"])
def test_a_fixed_bundle_that_counts_such_a_sheet_is_refuted(what_decides):
    """By the place of the ballot alone; without the hour of the sheet."""
    assert failed(overtaken(f"overtaken-by-{what_decides}")) == {21, 23}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda each: each["name"])
def test_a_fixed_attack_fails_the_checks_that_are_there_for_it(attack):
    bundle = read_bundle((FOLDER / attack["bundle"]).read_bytes())
    files = {path: bundle.read(path) for path in bundle.spans}
    for path, content in attack["files"].items():
        files[path] = None if content is None else base64.b64decode(content, validate=True)
    data = write_zip({path: each for path, each in files.items() if each is not None})

    assert failed(check(data, Held(KEY))) == set(attack["fails"])


def contained(vector: dict[str, Any]) -> bytes:
    """The zip that a vector of containers.json tells: files in any order and as often as it likes."""
    whole = (FOLDER / vector["bundle"]).read_bytes()
    if vector["paths"] is not None:
        bundle = read_bundle(whole)
        whole = _zipped([(path, bundle.read(path) or b"") for path in vector["paths"]])
    return bytes.fromhex(vector["before"]) + whole + bytes.fromhex(vector["after"])


def _zipped(files: list[tuple[str, bytes]]) -> bytes:
    parts, directory, offset = list[bytes](), list[bytes](), 0
    for path, data in files:
        crc, size = zlib.crc32(data), len(data)
        parts += [local_header(path, crc, size), data]
        directory.append(central_header(path, crc, size, offset))
        offset += len(parts[-2]) + size
    central = b"".join(directory)
    return b"".join((*parts, central, end_record(len(files), len(central), offset)))


@pytest.mark.parametrize("vector", CONTAINERS, ids=lambda each: each["name"])
def test_files_out_of_order_are_refuted_and_what_is_no_such_zip_is_unreadable(vector, tmp_path, capsys):
    path = tmp_path / "bundle.zip"
    path.write_bytes(contained(vector))

    code = main([str(path), "--key", KEY.vkey, "--json"])

    report = json.loads(capsys.readouterr().out)
    assert code == vector["exit"]
    failing = [each["number"] for each in report.get("checks", ()) if each["status"] == "failed"]
    assert failing == vector["fails"]


@pytest.mark.parametrize(
    ("name", "receipt"), RECEIPTS, ids=lambda each: each if isinstance(each, str) else ""
)
def test_a_fixed_receipt_is_true(name, receipt):
    assert check_receipt(receipt, [KEY]).body.member is not None
