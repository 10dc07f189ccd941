"""The verifier as it is used: a process of its own, without the server, that never shows a traceback."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.verify.conftest import Council, council, database_template
from voting.cli import main
from voting.ledger.merkle import inclusion, leaf_hash
from voting.ledger.note import Signer
from voting.ledger.receipt_file import Receipt, format_receipt
from voting.verify import __main__ as verifier

__all__ = ["council", "database_template"]


@pytest.fixture
def folder(tmp_path: Path, council: Council) -> Path:
    """What a member has at home: the bundle, receipts, a checkpoint."""
    (tmp_path / "bundle.zip").write_bytes(council.public)
    for place, receipt in enumerate(council.receipts):
        (tmp_path / f"receipt-{place}.txt").write_bytes(format_receipt(receipt))
    (tmp_path / "checkpoint.txt").write_bytes(council.forge().note(5))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(each) for each in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def alone(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "voting.verify", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_bundle_is_verified_with_everything_that_was_kept(
    folder: Path, council: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    receipts = [each for n in range(8) for each in ("--receipt", folder / f"receipt-{n}.txt")]
    key, kept = council.signer.vkey, ("--checkpoint", folder / "checkpoint.txt")

    code, out, err = run(capsys, "verify", folder / "bundle.zip", "--key", key, *receipts, *kept)

    assert (code, err) == (0, "")
    assert "お手元のチェックポイント1個、受付票8枚はこの記録に一致する" in out


def test_the_program_of_its_own_says_the_same(folder: Path, council: Council) -> None:
    done = alone(folder / "bundle.zip", "--key", council.signer.vkey, "--language", "en")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("VERIFIED")


def test_a_process_for_nothing_else_ends_with_the_report_and_its_code(folder: Path, council: Council) -> None:
    other = Signer.from_seed("vote.example.or.jp/other", b"\x01" * 32).vkey
    command = [sys.executable, "-m", "voting", "verify", str(folder / "bundle.zip"), "--json", "--key"]

    ended = [
        subprocess.run([*command, key], capture_output=True, text=True, encoding="utf-8", check=False)
        for key in (council.signer.vkey, other)
    ]

    assert [(each.returncode, each.stderr) for each in ended] == [(0, ""), (1, "")]
    assert [json.loads(each.stdout)["verdict"] for each in ended] == ["verified", "refuted"]


@pytest.mark.parametrize("words", [["voting", "verify"], ["voting.verify"]], ids=["voting", "alone"])
def test_a_reader_that_has_gone_ends_it_without_a_traceback(
    folder: Path, council: Council, words: list[str]
) -> None:
    command = [sys.executable, "-m", *words, str(folder / "bundle.zip"), "--key", council.signer.vkey]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        told = process.stderr.read()

    assert process.returncode != 0
    assert b"Traceback" not in told


def test_a_process_that_goes_on_is_not_ended_by_it(
    folder: Path, council: Council, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(verifier.os, "_exit", ended.append)
    monkeypatch.setattr(
        sys, "argv", ["voting", "verify", str(folder / "bundle.zip"), "--key", council.signer.vkey]
    )

    assert main(sys.argv[1:]) == 0
    assert ended == []
    # The same from a terminal, where nothing comes after it.
    assert main() == 0
    assert ended == [0]


def test_others_are_at_work_before_the_code_of_the_checks_is_loaded(folder: Path, council: Council) -> None:
    program = (
        "import sys\n"
        "from voting.verify import __main__ as verifier\n"
        "start = verifier.start\n"
        "def started(bundle, origin):\n"
        "    for name in ('evidence', 'steps', 'steps_signatures'):\n"
        "        print(f'voting.verify.{name}' in sys.modules, file=sys.stderr)\n"
        "    return start(bundle, origin)\n"
        "verifier.start = started\n"
        "sys.exit(verifier.main(sys.argv[1:]))\n"
    )
    words = [sys.executable, "-c", program, str(folder / "bundle.zip"), "--key", council.signer.vkey]

    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)

    assert (done.returncode, done.stderr) == (0, "False\n" * 3)


def test_another_key_refutes(folder: Path, council: Council, capsys: pytest.CaptureFixture[str]) -> None:
    other = Signer.from_seed(council.signer.name, b"\x07" * 32).vkey

    code, out, _ = run(capsys, "verify", folder / "bundle.zip", "--key", other)

    assert code == 1
    assert out.splitlines()[-1].startswith("不一致")


def test_a_key_that_is_none_is_said_to_be_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "verify", folder / "bundle.zip", "--key", "x")

    assert code == 2
    assert out.startswith("読めません: --key: ")


@pytest.mark.parametrize("option", ["--receipt", "--checkpoint"])
def test_a_file_that_is_not_what_it_should_be_is_unreadable(
    folder: Path, council: Council, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    key = council.signer.vkey

    code, out, _ = run(capsys, "verify", folder / "bundle.zip", "--key", key, option, folder / "bundle.zip")

    assert code == 2
    assert out.startswith(f"読めません: {folder / 'bundle.zip'}: ")


def test_a_file_that_is_not_there_is_unreadable(
    folder: Path, council: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "verify", folder / "none.zip", "--key", council.signer.vkey, "--json")

    assert (code, json.loads(out)["verdict"]) == (2, "unreadable")


def test_a_folder_is_unreadable(folder: Path, council: Council, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "verify", folder, "--key", council.signer.vkey)[0] == 2


def test_whatever_is_given_there_is_a_verdict_and_no_traceback(
    folder: Path, council: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, file = random.Random("rubbish"), folder / "rubbish"
    samples = [b"", b"PK\5\6" + bytes(18), council.public[:300], chance.randbytes(5000)]
    samples += [council.public[:-22] + chance.randbytes(22) for _ in range(5)]
    for sample in samples:
        file.write_bytes(sample)
        for arguments in (
            ("verify", file, "--key", council.signer.vkey),
            ("verify-receipt", file, "--key", council.signer.vkey),
            ("verify", folder / "bundle.zip", "--key", council.signer.vkey, "--receipt", file),
            ("verify", folder / "bundle.zip", "--key", council.signer.vkey, "--checkpoint", file),
        ):
            assert run(capsys, *arguments)[0] == 2


def test_a_receipt_is_verified_on_its_own_and_read_out(
    folder: Path, council: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "verify-receipt", folder / "receipt-1.txt", "--key", council.signer.vkey)

    assert code == 0
    assert "会員　　　M0002 架空2町" in out
    assert "第1号　　反対" in out
    assert out.splitlines()[-1] == "受付票は本物です。"


def test_a_late_answer_has_a_receipt_that_says_so(
    folder: Path, council: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    late = next(n for n, each in enumerate(council.receipts) if b'"kind":"refused"' in each.entry)

    code, out, _ = run(
        capsys,
        "verify-receipt",
        folder / f"receipt-{late}.txt",
        "--key",
        council.signer.vkey,
        "--language",
        "en",
    )

    assert code == 0
    assert "It was refused (late)." in out


def test_a_receipt_of_another_log_is_refuted(
    folder: Path, council: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Signer.from_seed("vote.example.or.jp/council/2025-06", b"\x07" * 32).vkey

    code, out, _ = run(capsys, "verify-receipt", folder / "receipt-0.txt", "--key", other)

    assert code == 1
    assert out.startswith("受付票は事実と異なります")


def handed_to_another(receipt: Receipt, name: str) -> Receipt:
    """The same entry, shown to somebody else as its own: only the name is another, which nothing covers."""
    if receipt.member is None:
        raise ValueError("the entry has no member")
    return replace(receipt, member=replace(receipt.member, name=name))


def test_attack_one_receipt_handed_to_two_members_is_found_when_they_compare(
    folder: Path, council: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, theirs = folder / "receipt-0.txt", folder / "theirs.txt"
    theirs.write_bytes(format_receipt(handed_to_another(council.receipts[0], "架空9町")))
    key = ("--key", council.signer.vkey)

    # Each is true on its own: the number on it is the other member's, and nobody has to know it by heart.
    assert run(capsys, "verify-receipt", mine, *key)[0] == 0
    assert run(capsys, "verify-receipt", theirs, *key)[0] == 0
    code, out, _ = run(capsys, "verify-receipt", mine, theirs, *key)

    assert code == 1
    assert "同じ会員番号 M0001 を別の名前の会員に割り当てている" in out
    code, out, _ = run(capsys, "verify", folder / "bundle.zip", *key, "--receipt", mine, "--receipt", theirs)
    assert code == 1 and "両立しない" in out


def test_attack_a_receipt_renumbered_for_another_member_is_refuted_alone(
    folder: Path, council: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt, file = council.receipts[0], folder / "renumbered.txt"
    assert receipt.member is not None
    file.write_bytes(format_receipt(replace(receipt, member=replace(receipt.member, id="M0009"))))

    code, out, _ = run(capsys, "verify-receipt", file, "--key", council.signer.vkey)

    assert code == 1 and "別の会員の記録である" in out


def test_two_copies_of_one_receipt_are_told_to_be_of_one_entry(
    folder: Path, council: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = folder / "copy.txt"
    copy.write_bytes((folder / "receipt-0.txt").read_bytes())

    code, out, _ = run(capsys, "verify-receipt", folder / "receipt-0.txt", copy, "--key", council.signer.vkey)

    assert code == 0
    assert "2つの会員に渡されたものであれば、一方の回答は記録されていません" in out


def test_receipts_of_different_members_have_nothing_in_common(
    folder: Path, council: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [folder / f"receipt-{place}.txt" for place in range(len(council.receipts))]

    code, out, _ = run(capsys, "verify-receipt", *files, "--key", council.signer.vkey)

    assert code == 0
    assert out.count("受付票は本物です。") == len(files)
    assert "どちらも" not in out


def test_attack_two_histories_shown_to_two_members_are_found_when_they_compare(
    folder: Path, council: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    forge = council.forge()
    one = council.receipts[0]
    forge.entries[one.index]["time"] = "2026-06-02T01:00:30.000Z"
    size = one.index + 1
    proof = inclusion([leaf_hash(each) for each in forge.data()], one.index, size)
    other = replace(one, entry=forge.data()[one.index], hashes=proof, checkpoint=forge.note(size))
    forged = folder / "forged.txt"
    forged.write_bytes(format_receipt(other))
    key = ("--key", council.signer.vkey)
    assert run(capsys, "verify-receipt", forged, *key)[0] == 0

    code, out, _ = run(capsys, "verify-receipt", folder / "receipt-0.txt", forged, *key)

    assert code == 1 and "記録が二重に作られた" in out


def test_the_verifier_loads_nothing_but_python_and_cryptography(folder: Path, council: Council) -> None:
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from voting.verify.__main__ import main\n"
        f"code = main([{str(folder / 'bundle.zip')!r}, '--key', {council.signer.vkey!r}])\n"
        "loaded = {name for name in set(sys.modules) - before if not name.startswith(('__', '_openssl'))}\n"
        "known = {*sys.stdlib_module_names, 'cryptography', '_cffi_backend'}\n"
        "ours = ('voting.core', 'voting.ledger', 'voting.verify')\n"
        "others = {name for name in loaded if name.partition('.')[0] not in known}\n"
        "print(code, sorted(name for name in others if name != 'voting' and not name.startswith(ours)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True
    )

    assert done.stdout.splitlines()[-1] == "0 []"


def test_a_terminal_without_japanese_gets_escapes(folder: Path, council: Council) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "voting.verify", str(folder / "bundle.zip"), "--key", council.signer.vkey],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": "", "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u691c" in done.stdout
