"""``voting count`` as a clerk types it: files in, four files and a table out, or every fault and nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sheets.workbooks import package
from voting.cli import main
from voting.resources import sample

ROOT = Path(__file__).resolve().parents[2]
NAMES = {"result.json", "result.pdf", "result.xlsx", "result.csv"}
HEAVY = ("reportlab", "xlsxwriter", "sqlalchemy", "flask", "alembic", "voting.web", "voting.store")


def arguments(**changed: Path | None) -> list[str]:
    """The command on the sample; a file given as None is left out."""
    given: dict[str, Path | None] = {
        "roll": sample() / "roll.xlsx",
        "ballots": sample() / "ballots.csv",
    } | changed
    assembly = given.pop("assembly", sample() / "assembly.toml")
    options = [each for name, path in given.items() if path for each in (f"--{name}", str(path))]
    return ["count", str(assembly), *options]


def process(*words: str, seed: str = "0", code: str = "") -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    start = [sys.executable, "-c", code] if code else [sys.executable, "-m", "voting"]
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    return subprocess.run([*start, *words], capture_output=True, env=environment, cwd=ROOT, check=False)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Answers with two faults."""
    file = tmp_path / "ballots.csv"
    file.write_text(
        "会員番号,第1号議案,第2号議案,第3号議案,受付日時\n"
        "M0001,たぶん,賛成,賛成,2024/10/1 10:00\nM0002,賛成,賛成,賛成,\n",
        "utf-8",
    )
    return file


def test_the_four_files_and_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a" / "new" / "folder"

    assert main(arguments(out=out)) == 0

    printed, errors = capsys.readouterr()
    assert {each.name for each in out.iterdir()} == NAMES
    assert errors == ""
    assert "  各議案: 全ての会員が賛否を示したときは、賛成341票以上で可決となります。\n" in printed
    assert printed.index("議決規則") < printed.index("第1号議案     680           412             268     1")
    assert "第3号議案 賛成680票(うち未提出によるみなし賛成268票)、反対1票 可決\n" in printed
    assert printed.endswith(f"保存しました: {out}\n")


def test_the_table_in_cp932_says_on_the_side_what_it_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments(), "--out", str(tmp_path / "utf")]) == 0
    assert "CP932" not in capsys.readouterr().err

    assert main([*arguments(), "--out", str(tmp_path / "out"), "--encoding", "cp932"]) == 0

    assert (
        "result.csv: Shift_JIS(CP932)で書き出しました。失われた文字はありません。" in capsys.readouterr().err
    )
    written = (tmp_path / "out" / "result.csv").read_bytes()
    assert written.decode("cp932") == (tmp_path / "utf" / "result.csv").read_bytes().decode("utf-8-sig")
    for name in NAMES - {"result.csv"}:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "utf" / name).read_bytes()


def test_the_json_alone_is_the_very_file(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([*arguments(out=tmp_path), "--json", "-"]) == 0

    printed, _ = capfdbinary.readouterr()
    assert printed == (tmp_path / "result.json").read_bytes()
    assert json.loads(printed)["format"] == "voting-result/1"
    assert not printed.endswith(b"\n")


def test_faults_are_told_with_file_row_and_column_and_nothing_is_written(
    tmp_path: Path, faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"

    assert main(arguments(ballots=faulty, out=out)) == 2

    printed, errors = capsys.readouterr()
    assert printed == ""
    assert errors.splitlines() == [
        f"{faulty}: 2行目 M0001: 「第1号議案」の「たぶん」は読み取れません。"
        "賛成・反対・棄権・両方のいずれかにするか、空欄にしてください。",
        f"{faulty}: 3行目 M0002: 「受付日時」がありません。受け付けた日時を入力してください。",
        "voting: 誤りが2件あるため、集計していません。直して、もう一度実行してください。",
    ]
    assert not out.exists()


def test_a_warning_goes_beside_the_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ballots = tmp_path / "ballots.csv"
    text = (sample() / "ballots.csv").read_text("utf-8-sig")
    ballots.write_text(text + "M9999,反対,反対,反対,2024-10-01 10:00,web,\n", "utf-8")

    assert main([*arguments(ballots=ballots), "--json", "-"]) == 0

    printed, errors = capsys.readouterr()
    assert json.loads(printed)["motions"][0]["against"]["total"] == "1"
    assert errors == f"{ballots}: 415行目 M9999: 名簿にない会員です。集計には入りません。\n"


def test_missing_files_are_told_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = [tmp_path / name for name in ("a.toml", "r.csv", "b.csv", "d.csv", "e.csv")]
    files = dict(zip(("assembly", "roll", "ballots", "delivery", "events"), gone, strict=True))

    assert main(arguments(**files, out=tmp_path / "out")) == 2

    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in lines[:-1]] == [str(each) for each in gone]
    assert not (tmp_path / "out").exists()


def test_somewhere_to_put_the_result_has_to_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments())

    assert stopped.value.code == 2
    assert "--out DIR" in capsys.readouterr().err


def test_an_output_folder_that_is_a_file_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("mine")

    assert main(arguments(out=tmp_path / "out")) == 2
    assert capsys.readouterr().err.startswith(f"voting: {tmp_path / 'out'}: ")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_character_that_no_font_has_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toml = tmp_path / "a.toml"
    text = (sample() / "assembly.toml").read_text("utf-8")
    toml.write_text(text.replace("当協議会の発展的改組", "\U0001f5f3"), "utf-8")

    assert main(arguments(assembly=toml, out=tmp_path / "out")) == 2
    assert "書体がありません" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("members", [3, 9, 30])
def test_a_small_board_with_a_barred_and_a_silent_member_has_its_papers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], members: int
) -> None:
    """Every column of the table has single digits then, which are narrower than the room of a character."""
    toml, roll, ballots = (tmp_path / name for name in ("a.toml", "r.csv", "b.csv"))
    toml.write_text(
        '[body]\nname = "理事会"\nkind = "voluntary"\n[assembly]\ntitle = "書面決議"\n'
        "record_date = 2024-09-27\nopens_at = 2024-09-27T00:00:00+09:00\n"
        'closes_at = 2024-10-05T00:00:00+09:00\n[[motion]]\nnumber = 1\ntitle = "利益相反取引の承認"\n'
        f'barred = ["{members}"]\n',
        "utf-8",
    )
    roll.write_text("会員番号,団体名\n" + "".join(f"{n},会員{n}\n" for n in range(1, members + 1)), "utf-8")
    ballots.write_text("会員番号,受付日時,第1号議案\n1,2024-10-01 12:00,賛成\n", "utf-8")

    assert main(arguments(assembly=toml, roll=roll, ballots=ballots, out=tmp_path / "out")) == 0

    assert {each.name for each in (tmp_path / "out").iterdir()} == NAMES
    assert capsys.readouterr().err == ""


def test_elections_are_printed_by_candidate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    toml, ballots = tmp_path / "a.toml", tmp_path / "b.csv"
    text = (sample() / "assembly.toml").read_text("utf-8").split("[[motion]]")[0]
    vote = 'kind = "election"\nseats = 1\ncandidates = ["長野県", "那須町"]\n'
    toml.write_text(
        text
        + f'[[motion]]\nnumber = 1\ntitle = "代表"\n{vote}method = "confidence"\n'
        + f'[[motion]]\nnumber = 2\ntitle = "部会長"\n{vote}method = "plurality"\n',
        "utf-8",
    )
    ballots.write_text(
        "会員番号,第1号議案:長野県,第1号議案:那須町,第2号議案:長野県,第2号議案:那須町,受付日時\n"
        "M0001,信任,不信任,,○,2024/10/1 10:00\n",
        "utf-8",
    )

    assert main(arguments(assembly=toml, ballots=ballots, out=tmp_path / "out")) == 0

    printed = capsys.readouterr().out
    assert "第1号議案(長野県)     681             1             680" in printed
    assert "第2号議案 那須町         1       1  当選" in printed


def test_the_same_input_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    found = []
    for seed in ("1", "4711"):
        out = tmp_path / seed
        assert process(*arguments(out=out), seed=seed).returncode == 0
        found.append({each.name: each.read_bytes() for each in out.iterdir()})

    assert set(found[0]) == NAMES
    assert found[0] == found[1]


def test_who_wants_numbers_alone_does_not_wait_for_papers_or_the_website() -> None:
    code = (
        "import sys; from voting.cli import main; code = main(sys.argv[1:]);"
        f"found = [name for name in {HEAVY!r} if name in sys.modules];"
        "print(found, file=sys.stderr); sys.exit(code)"
    )

    done = process(*arguments(), "--json", "-", code=code)

    assert (done.returncode, done.stderr) == (0, b"[]\n")


HOSTILE = {
    "bomb.xlsx": package('<row r="1"><c r="A1"><v>1</v></c></row>', extra={"xl/a.png": bytes(200_000_000)}),
    "corner.xlsx": package('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "doctype.xlsx": package("", prolog='<!DOCTYPE a [<!ENTITY b "c">]>'),
    "wide.csv": ("," * 3_000_000).encode(),
    "quote.csv": b'"' + b"a" * 30_000_000,
    "zeros.csv": bytes(30_000_000),
    "lines.csv": b"\n" * 40_000_000,
    "large.csv": b"a,b\n" * 13_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_clear_error_soon_and_in_little_memory(tmp_path: Path, name: str) -> None:
    hostile = tmp_path / name
    hostile.write_bytes(HOSTILE[name])
    # Whoever takes more than ten seconds or 300 MB is ended by the system, or by a MemoryError.
    limits = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_CPU, (10, 10));"
        "resource.setrlimit(resource.RLIMIT_AS, (300_000_000, 300_000_000));"
        "from voting.cli import main; sys.exit(main(sys.argv[1:]))"
    )

    done = process(*arguments(roll=hostile, out=tmp_path / "out"), code=limits)

    errors = done.stderr.decode()
    assert done.returncode == 2, errors[-500:]
    assert errors.startswith(f"{hostile}: ")
    assert "Traceback" not in errors
    assert not (tmp_path / "out").exists()


def test_a_reader_that_goes_away_is_no_error_of_ours() -> None:
    # The first lines are enough for the reader; what is left of them has nowhere to go.
    ours = subprocess.Popen(
        [sys.executable, "-m", "voting", *arguments(), "--json", "-"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert ours.stdout is not None
    assert ours.stderr is not None
    ours.stdout.close()

    assert b"Traceback" not in ours.stderr.read()
    ours.stderr.close()
    assert ours.wait() == 2
