"""What readers of formats say in English is never left standing in a Japanese report."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_audit import run
from tests.verify.attacks import ATTACKS
from tests.verify.conftest import Council
from tests.verify.test_report import report
from voting.ledger.note import Signer
from voting.ledger.receipt import Receipt
from voting.ledger.receipt_file import format_receipt
from voting.verify import check_words
from voting.verify.detail_words import DETAILS, OTHERWISE, PARTS, detail_in_japanese
from voting.verify.receipts import check_alone
from voting.verify.report import REFUTED, text

VERIFY = Path(check_words.__file__).parent
LEDGER = VERIFY.parent / "ledger"
RAISED = re.compile(r"(?:Fault|Unreadable|Misshapen|NotSigned|ReceiptRefuted|IllegalHistory|_No)$")
ENGLISH = re.compile(r"[A-Za-z]{2,}[,;]? [a-z]{2,}")


def reasons(path: Path) -> Iterator[str]:
    """What the module gives as the reason of a fault; X where a value stands in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        if RAISED.search(name) or name == "_require":
            for argument in node.args[-1:]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value
                if isinstance(argument, ast.JoinedStr):
                    parts = (
                        each.value if isinstance(each, ast.Constant) else "12" for each in argument.values
                    )
                    yield "".join(str(each) for each in parts)


SAID = sorted({each for folder in (LEDGER, VERIFY) for path in folder.glob("*.py") for each in reasons(path)})


def test_every_reason_that_a_reader_gives_has_japanese_words() -> None:
    assert len(SAID) > 180
    assert [each for each in SAID if OTHERWISE in detail_in_japanese(each)] == []
    assert [each for each in SAID if ENGLISH.search(detail_in_japanese(each))] == []


def test_what_is_no_sentence_stays_as_it_is() -> None:
    assert [detail_in_japanese(each) for each in ("K1", "M0001", "3 4", "no-motion")] == [
        "K1",
        "M0001",
        "3 4",
        "no-motion",
    ]
    assert detail_in_japanese("index: the entry belongs at 3, not at 4") == (
        "番号: 記録の番号が受付票と違う(記録は3番、受付票は4番)"
    )


def test_no_japanese_report_of_an_attack_holds_an_english_sentence(council: Council) -> None:
    for attack in ATTACKS:
        forge = council.forge(attack.audience)
        attack.act(forge)

        shown = text(report(council, forge), "ja")

        assert ENGLISH.search(shown) is None, (attack.name, shown)


def test_a_refuted_receipt_is_told_in_the_language_of_the_report(council: Council) -> None:
    stranger = Signer.from_seed(council.signer.verifier.name, b"\x05" * 32).verifier
    receipt: Receipt = council.receipts[0]

    japanese, english = (check_alone(receipt, stranger, each) for each in ("ja", "en"))

    assert japanese == (REFUTED, ["受付票は事実と異なります: 署名: 指定の鍵による署名がない"])
    assert english == (REFUTED, ["REFUTED: note: no known key has signed the note"])


@pytest.mark.parametrize("name", ["no.zip", "gone.zip"])
def test_an_unreadable_bundle_is_told_in_japanese(
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "no.zip").write_bytes(b"nothing of the kind")

    code, shown, _ = run(capsys, "verify", tmp_path / name, "--key", council.signer.verifier.vkey)

    assert code == 2
    assert shown.startswith("読めません: ")
    assert ENGLISH.search(shown.replace(str(tmp_path), "")) is None


def test_a_cut_receipt_is_told_in_japanese(
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.tlog-proof"
    path.write_bytes(format_receipt(council.receipts[0])[:-30])

    _, shown, _ = run(capsys, "verify-receipt", path, "--key", council.signer.verifier.vkey)

    assert ENGLISH.search(shown.replace(str(tmp_path), "")) is None


def test_an_answer_refused_as_late_is_told_in_japanese(council: Council) -> None:
    said = [check_alone(each, council.signer.verifier, "ja")[1] for each in council.receipts]

    refused = [line for lines in said for line in lines if line.startswith("受理されませんでした")]
    assert "受理されませんでした(理由: 期限後)。" in refused
    told = "".join(line for lines in said for line in lines).replace("voting verify", "")
    assert ENGLISH.search(told) is None
    assert "(web、" not in told


def test_the_page_has_the_same_words() -> None:
    source = (VERIFY / "page" / "words" / "details.ja.js").read_text("utf-8")

    table = re.search(r"DETAILS = (\[.*?\n\]);", source, re.DOTALL)
    parts = re.search(r"PARTS = (\{.*?\});", source)
    assert table is not None and parts is not None
    assert json.loads(table[1]) == [list(each) for each in DETAILS]
    assert json.loads(parts[1]) == PARTS
    assert f'OTHERWISE = "{OTHERWISE}"' in source
