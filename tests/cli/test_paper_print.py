"""The papers that go out, as a clerk asks for them."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.test_assembly import DATA, TOML, Office, office, people  # noqa: F401  # a fixture
from tests.documents.reading import squeezed, text_of
from tests.services.letterheads import LETTERHEAD


@pytest.fixture
def frozen(office: Office) -> Office:  # noqa: F811
    people(office)
    now = datetime.now(UTC)
    toml, roll = office.folder / "assembly.toml", office.folder / "roll.csv"
    opens, closes = now + timedelta(days=1), now + timedelta(days=9)
    times = {"opens_at": opens, "closes_at": closes}
    texts = {name: at.isoformat(timespec="seconds") for name, at in times.items()}
    toml.write_text(TOML.format(record_date="2024-09-27", **texts), "utf-8")
    lines = (DATA / "roll-utf8.csv").read_text("utf-8-sig").splitlines()[:4]
    roll.write_text("\n".join(lines), "utf-8")
    office.run("roll", "import", "council", str(roll), by="admin")
    office.run("assembly", "draft", "council/2026", str(toml), "--contact", "事務局", by="admin")
    office.run("keys", "create", "council", "--name", "架空協議会", by="admin")
    office.run("assembly", "approve", office.propose("freeze", by="admin"), by="checker")
    return office


def test_the_letterhead_is_kept_and_shown_and_the_papers_follow_it(frozen: Office, tmp_path: Path) -> None:
    file, out = tmp_path / "letterhead.toml", tmp_path / "annai.pdf"
    file.write_text(LETTERHEAD, "utf-8")

    frozen.run("assembly", "letterhead", "council/2026", str(file), by="admin")

    assert frozen.run("assembly", "letterhead", "council/2026", by="admin") == LETTERHEAD
    frozen.run("paper", "notice", "council/2026", "--out", str(out), by="admin")
    assert "架協第41号" in squeezed(text_of(out.read_bytes(), tmp_path))
    assert oct(os.stat(out).st_mode)[-3:] == "600"


def test_a_misspelt_letterhead_is_told_by_its_place(frozen: Office, tmp_path: Path) -> None:
    file = tmp_path / "letterhead.toml"
    file.write_text("[letter]\nsendr = []\n", "utf-8")

    said = frozen.run("assembly", "letterhead", "council/2026", str(file), by="admin", expect=2)

    assert "letter.sendr" in said


def test_forms_are_printed_for_all_or_for_one(frozen: Office, tmp_path: Path) -> None:
    out = tmp_path / "forms.pdf"

    frozen.run("paper", "forms", "council/2026", "--out", str(out), "--member", "M0002", by="entry")

    text = squeezed(text_of(out.read_bytes(), tmp_path))
    assert "M0002" in text
    assert "M0001" not in text


def test_a_form_for_nobody_on_the_roll_writes_no_file(frozen: Office, tmp_path: Path) -> None:
    out = tmp_path / "forms.pdf"

    said = frozen.run(
        "paper", "forms", "council/2026", "--out", str(out), "--member", "X", by="entry", expect=2
    )

    assert "X" in said
    assert list(tmp_path.glob("*forms.pdf*")) == []


@pytest.mark.parametrize(
    ("paper", "says"),
    [
        ("notice", "The notice in Japanese prevails."),
        ("forms", "Return that one;"),
        ("handover", "The hand-over sheet in Japanese prevails."),
    ],
)
def test_a_paper_is_translated_where_english_is_asked_for(
    frozen: Office, tmp_path: Path, paper: str, says: str
) -> None:
    out = tmp_path / "paper.pdf"

    frozen.run("paper", paper, "council/2026", "--out", str(out), "--language", "en", by="admin")

    assert says in " ".join(text_of(out.read_bytes(), tmp_path).split())


def test_a_cover_is_translated_and_keeps_its_address(frozen: Office, tmp_path: Path) -> None:
    roll, out = frozen.folder / "roll.csv", tmp_path / "soufu.pdf"
    head, *rows = roll.read_text("utf-8").splitlines()
    lines = (f"{head},郵便番号,住所", *(f"{row},329-0001,架空県架空市1-1" for row in rows))
    roll.write_text("\n".join(lines), "utf-8")
    frozen.run("roll", "import", "council", str(roll), by="admin")

    frozen.run("paper", "covers", "council/2026", "--out", str(out), "--language", "en", by="entry")

    text = " ".join(text_of(out.read_bytes(), tmp_path).split())
    assert text.count("The cover in Japanese prevails.") == text.count("架空県架空市1-1") == len(rows)


def test_labels_have_no_translation_and_do_not_take_the_option(frozen: Office, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"

    with pytest.raises(SystemExit):
        frozen.run("paper", "labels", "council/2026", "--out", str(out), "--language", "en", by="admin")

    assert not out.exists()


def test_minutes_before_the_result_are_refused_and_write_no_file(frozen: Office, tmp_path: Path) -> None:
    out = tmp_path / "gijiroku.pdf"

    said = frozen.run("paper", "minutes", "council/2026", "--out", str(out), by="entry", expect=2)

    assert "議事録の作成" in said
    assert not out.exists()


def test_proxy_forms_without_a_clause_are_refused_with_what_to_write_where(
    frozen: Office, tmp_path: Path
) -> None:
    out = tmp_path / "ininjo.pdf"

    said = frozen.run("paper", "proxies", "council/2026", "--out", str(out), by="entry", expect=2)

    assert "proxy.clause" in said
    assert not out.exists()


def test_labels_name_the_members_whose_address_is_not_known(frozen: Office, tmp_path: Path) -> None:
    out = tmp_path / "atena.pdf"

    said = frozen.run("paper", "labels", "council/2026", "--out", str(out), by="entry", expect=2)

    assert "--leave-out" in said
    assert "M0001" in said
    assert not out.exists()


def test_who_is_left_out_is_told_when_the_others_papers_are_made(frozen: Office, tmp_path: Path) -> None:
    out = tmp_path / "soufu.pdf"

    said = frozen.run(
        "paper", "covers", "council/2026", "--out", str(out), "--fax", "--leave-out", by="entry", expect=2
    )

    assert "FAX番号がありません" in said


def test_what_is_wrong_in_a_file_of_errata_is_told_by_its_place(frozen: Office, tmp_path: Path) -> None:
    file, out = tmp_path / "errata.toml", tmp_path / "seigo.pdf"
    file.write_text('[[row]]\nmotion = 9\nplace = "1ページ"\nwrong = "甲"\nright = "乙"\n', "utf-8")

    said = frozen.run(
        "paper", "errata", "council/2026", "--from", str(file), "--out", str(out), by="entry", expect=2
    )

    assert "row.1.motion" in said
    assert not out.exists()


def test_without_a_correction_there_is_no_letter_on_one(frozen: Office, tmp_path: Path) -> None:
    out = tmp_path / "teisei.pdf"

    said = frozen.run("paper", "correction", "council/2026", "--out", str(out), by="entry", expect=2)

    assert "結果の訂正の通知" in said


def test_a_hand_over_sheet_is_for_nobody_else_s_eyes(frozen: Office, tmp_path: Path) -> None:
    out = tmp_path / "hikitsugi.pdf"

    frozen.run("paper", "handover", "council/2026", "--out", str(out), by="admin")

    assert "規則確定・名簿凍結" in squeezed(text_of(out.read_bytes(), tmp_path))
    assert oct(os.stat(out).st_mode)[-3:] == "600"
