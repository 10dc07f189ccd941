"""Witnesses from the command line: the draft's policy, the tick, the export; the auditor's own commands."""

from pathlib import Path

import pytest

from tests.cli.test_assembly import TOML, Office, office, people
from tests.witness.logs import ORIGIN, Log, Site, cosigner, published
from voting.cli import main

__all__ = ["office"]
POLICY = f"witness A {cosigner().witness.vkey}\nquorum A\n"


def test_an_auditor_works_with_the_command_of_the_service_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, state = Log.of(5), ["--state", str(tmp_path / "state")]

    assert main(["witness", "key", "w.example/a", *state]) == 0
    assert main(["witness", "add", log.signer.vkey, *state]) == 0
    with published(Site(log.files())) as address:
        assert main(["witness", "watch", address, "--once", *state]) == 0
    assert main(["witness", "list", *state]) == 0
    assert f"5\t{ORIGIN}+" in capsys.readouterr().out
    assert main(["witness"]) == 0
    assert "watch" in capsys.readouterr().out


@pytest.mark.parametrize(("text", "code"), [(POLICY, 0), ("quorum A\n", 2)])
def test_the_draft_takes_a_policy_and_the_days_of_the_checkpoint_mail(
    office: Office, tmp_path: Path, text: str, code: int
) -> None:
    people(office)
    file, given = tmp_path / "assembly.toml", tmp_path / "policy.txt"
    day = {"record_date": "2026-06-01", "opens_at": "2999-06-01T00:00:00+09:00"}
    file.write_text(TOML.format(**day, closes_at="2999-06-11T00:00:00+09:00"), "utf-8")
    given.write_text(text, "utf-8")
    roll = tmp_path / "roll.csv"
    roll.write_text("会員番号,団体名\nM0001,架空町\n", "utf-8")
    office.run("roll", "import", "council", str(roll), by="admin")
    words = ["assembly", "draft", "council/2026", str(file), "--contact", "事務局"]
    words += ["--witness-policy", str(given), "--checkpoint-mail", "daily"]

    said = office.run(*words, by="admin", expect=code)

    if code != 0:
        assert "立会人の方針を使えません" in said
    else:
        assert "記録の立会人の連署　0/1" in office.run("assembly", "show", "council/2026")
        assert "立会人の連署 0 件" in office.run("tick")
