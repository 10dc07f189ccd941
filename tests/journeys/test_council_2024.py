"""The origin case, from the members' spreadsheet to 賛成680票、反対1票, played by the command."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.receipt_check import check
from voting.ledger.entries import decode_entry
from voting.ledger.replay import replay

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "data" / "council-2024"


def voting(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "voting", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journey") / "out"
    done = voting("demo", "--replay", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_each_motion_ends_680_to_1_with_412_sent_and_268_deemed(played: Path) -> None:
    expected = json.loads((SAMPLE / "expected.json").read_text("utf-8"))
    result = json.loads((played / "result.json").read_bytes())

    assert result["roll"]["members"] == expected["eligible"] == 681
    assert result["returned"]["members"] == expected["submitted"] == 413
    for motion, wanted in zip(result["motions"], expected["motions"], strict=True):
        assert motion["for"]["total"] == str(wanted["for"])
        assert motion["for"]["expressed"] == str(wanted["for_expressed"])
        assert motion["for"]["deemed"] == str(wanted["for_deemed"])
        assert motion["against"]["total"] == str(wanted["against"])
        assert (motion["outcome"] == "carried") is wanted["passed"]
        assert motion["total"] == "681"


def test_the_paper_says_so_in_lines_and_sums(played: Path) -> None:
    text = subprocess.run(
        ["pdftotext", "-layout", str(played / "result.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout

    for number in (1, 2, 3):
        assert f"第{number}号議案 賛成680票(うち未提出によるみなし賛成268票)、反対1票 可決" in " ".join(
            text.split()
        )
    rows = [line.split() for line in text.splitlines() if line.split()[:4] == ["680", "412", "268", "1"]]
    rows += [
        line.split()[1:] for line in text.splitlines() if line.split()[1:5] == ["680", "412", "268", "1"]
    ]
    assert [row[4:8] for row in rows] == [["0", "0", "0", "681"]] * 3
    assert "賛成412票、反対1票(賛成の割合99.8%)。みなしを除いても、可決の要件を満たします。" in "".join(
        text.split()
    )


def test_an_independent_check_of_every_receipt_against_the_final_checkpoint_passes(played: Path) -> None:
    vkey = (played / "log.vkey").read_text("utf-8").strip()
    checkpoint = (played / "checkpoint").read_bytes()
    entries = (played / "entries.jsonl").read_bytes().splitlines()
    receipts = sorted((played / "receipts").iterdir())

    assert len(receipts) == 413
    assert receipts[0].name == "M0001.tlog-proof" or receipts[0].suffix == ".tlog-proof"
    for receipt in receipts:
        check(receipt.read_bytes(), vkey, checkpoint, entries)


def test_a_receipt_with_one_bit_changed_does_not_pass(played: Path) -> None:
    vkey = (played / "log.vkey").read_text("utf-8").strip()
    checkpoint = (played / "checkpoint").read_bytes()
    entries = (played / "entries.jsonl").read_bytes().splitlines()
    whole = bytearray(sorted((played / "receipts").iterdir())[7].read_bytes())
    whole[200] ^= 1

    with pytest.raises(Exception, match=r".+"):
        check(bytes(whole), vkey, checkpoint, entries)


def test_the_ledger_left_behind_is_a_legal_history(played: Path) -> None:
    entries = [decode_entry(line) for line in (played / "entries.jsonl").read_bytes().splitlines()]

    history = replay(entries)
    history.require_complete()

    kinds = Counter(entry.kind for entry in entries)
    assert kinds["ballot"] == 413
    assert kinds["paper"] == 45
    assert (kinds["refused"], kinds["freeze"], kinds["tally"], kinds["result"]) == (0, 1, 1, 1)


def test_no_code_stands_in_the_database_the_ledger_or_the_results(played: Path) -> None:
    database = (played / "voting.db").read_bytes()

    # A code is in mails only; the outbox rows that held them were wiped when they were sent.
    assert "回答コード".encode() not in database
    assert b"secret" in database  # the column is there, so this test looks at the right file


@pytest.mark.parametrize("roll", ["roll-cp932.csv", "roll-utf8.csv"])
def test_the_same_roll_as_csv_gives_the_same_result(played: Path, tmp_path: Path, roll: str) -> None:
    done = voting(
        "demo", "--replay", tmp_path / "out", "--roll", SAMPLE / roll, "--ballots", SAMPLE / "ballots.csv"
    )

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "result.json").read_bytes() == (played / "result.json").read_bytes()


def test_a_roll_with_errors_stores_nothing_and_names_every_row(tmp_path: Path) -> None:
    messy = ROOT / "tests" / "data" / "messy" / "roll.xlsx"

    done = voting("demo", "--replay", tmp_path / "out", "--roll", messy)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for row in (7, 8, 9, 11, 12):
        assert f"{row}行目" in done.stderr


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")

    done = voting("demo", "--replay", tmp_path)

    assert done.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
