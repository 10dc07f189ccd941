"""Whatever is wrong with a file, an address or the database: one clear line and exit code 2, no traceback."""

import os
import resource
import signal
from pathlib import Path
from random import Random

import pytest

from voting.cli import main
from voting.cli.common import write_private
from voting.demo.stage import material
from voting.ledger.note import Signer
from voting.resources import sample

LOG = Signer.from_seed("vote.example.or.jp/council/2026", bytes(32)).vkey
PASSWORD = "correct horse battery"


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """The folder of a service with its first account and a file of random bytes beside it."""
    for name in [name for name in os.environ if name.startswith("VOTING_")]:
        monkeypatch.delenv(name)
    settings = {
        "FOLDER": str(tmp_path / "data"),
        "BASE_URL": "http://127.0.0.1:8000",
        "HOST": "vote.example.or.jp",
        "MAIL_FROM": "office@example.jp",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_TLS": "none",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"VOTING_{name}", value)
    (tmp_path / "password").write_text(f"{PASSWORD}\n", "utf-8")
    (tmp_path / "rubbish").write_bytes(Random(1).randbytes(5000))
    assert main(["setup", str(tmp_path / "data")]) == 0
    secret = ("--new-password-file", str(tmp_path / "password"))
    assert main(["account", "create", "admin", "--name", "管理", "--role", "administrator", *secret]) == 0
    capsys.readouterr()
    return tmp_path


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """What a refused command says: on the side only, and each line under our own name."""
    assert main([*map(str, words)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err != ""
    assert err.splitlines()[0].startswith("voting: ")
    return err


def test_a_password_that_is_no_text_is_told_with_its_file(
    service: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rubbish = service / "rubbish"
    create = ("account", "create", "entry", "--name", "入力", "--role", "entry")

    assert str(rubbish) in refused(
        capsys,
        *create,
        "--new-password-file",
        rubbish,
        "--as",
        "admin",
        "--password-file",
        service / "password",
    )
    assert str(rubbish) in refused(capsys, *create, "--as", "admin", "--password-file", rubbish)


def test_a_demonstration_of_a_file_that_is_no_text_says_so(
    service: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(capsys, "demo", "--replay", service / "played", "--assembly", service / "rubbish")


def test_a_demonstration_takes_an_assembly_as_japanese_windows_saves_it(tmp_path: Path) -> None:
    text = (sample() / "assembly.toml").read_text("utf-8")
    (tmp_path / "assembly.toml").write_bytes(text.encode("cp932"))

    assert material(assembly=tmp_path / "assembly.toml").assembly == text


def test_a_witness_policy_that_is_no_text_is_refused_as_a_policy(
    service: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signed = ("--as", "admin", "--password-file", service / "password")
    assert (
        main([*map(str, ("body", "create", "council", "--name", "架空", "--kind", "voluntary", *signed))])
        == 0
    )
    capsys.readouterr()
    toml = service / "assembly.toml"
    toml.write_text((sample() / "assembly.toml").read_text("utf-8").replace("2024-", "2099-"), "utf-8")

    said = refused(
        capsys,
        *("assembly", "draft", "council/w2", toml, "--contact", "事務局"),
        *("--witness-policy", service / "rubbish", *signed),
    )

    assert "立会人" in said


@pytest.mark.parametrize(
    "words",
    [("check",), ("tick",), ("account", "list"), ("serve",), ("migrate",), ("export", "c/a", "--out", "x")],
)
def test_a_file_that_is_no_database_is_told_by_its_name(
    service: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    rubbish = service / "rubbish"
    monkeypatch.setenv("VOTING_DATABASE_URL", f"sqlite:///{rubbish}")
    before = rubbish.read_bytes()

    said = refused(capsys, *words)

    assert str(rubbish) in said and said.count("\n") == 1
    assert rubbish.read_bytes() == before


@pytest.mark.parametrize("words", [("check",), ("tick",), ("account", "list"), ("serve",)])
def test_looking_for_a_database_that_is_not_there_makes_nothing(
    service: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    here = service / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("VOTING_DATABASE_URL", "sqlite:///relative.db")

    assert "relative.db" in refused(capsys, *words)

    assert list(here.iterdir()) == []


def test_a_migration_makes_the_database_that_is_not_there(
    service: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOTING_DATABASE_URL", f"sqlite:///{service / 'new.db'}")

    assert main(["migrate"]) == 0
    assert main(["check"]) == 0


@pytest.mark.parametrize("words", [("list",), ("add", LOG)])
def test_a_witness_whose_memory_is_damaged_says_so_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    (tmp_path / "witness.db").write_bytes(Random(1).randbytes(5000))

    assert main(["witness", *words, "--state", str(tmp_path)]) == 2

    said = capsys.readouterr().err
    assert said.count(str(tmp_path / "witness.db")) == 2
    assert "古い写しを戻さず" in said and "Do not bring back an old copy" in said


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    write_private(pipe, b"content")

    assert os.read(reader, 100) == b"content"
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize("is_link", [True, False])
def test_attack_somebody_waits_where_a_private_file_is_written(tmp_path: Path, *, is_link: bool) -> None:
    theirs, waiting = tmp_path / "theirs", tmp_path / ".out.zip.new"
    theirs.write_bytes(b"theirs")
    if is_link:
        waiting.symlink_to(theirs)
    else:
        waiting.touch(0o666)
    with (theirs if is_link else waiting).open("rb") as held:
        write_private(tmp_path / "out.zip", b"content")
        seen = held.read()

    assert b"content" not in seen and theirs.read_bytes() == b"theirs"
    made = tmp_path / "out.zip"
    assert made.read_bytes() == b"content" and not made.is_symlink() and made.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("out", ["", "folder"])
def test_a_folder_in_the_place_of_a_file_is_named_as_it_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)

    with pytest.raises(IsADirectoryError) as refused:
        write_private(Path(out), b"content")

    assert refused.value.filename == (out or ".")
    assert os.listdir(tmp_path) == ["folder"]


def test_a_place_that_takes_no_more_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(OSError) as refused:
            write_private(tmp_path / "out.zip", b"x" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)

    assert refused.value.filename == str(tmp_path / "out.zip")
    assert list(tmp_path.iterdir()) == []
