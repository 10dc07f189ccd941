"""A replay plays whatever the file of answers has: forms that name the chair come like any other."""

import json
from pathlib import Path

import pytest

from voting.core.errors import Refusal
from voting.demo import replay as replaying
from voting.demo.answers import BallotsHaveErrors
from voting.demo.receipt_names import receipt_names
from voting.demo.replay import replay
from voting.demo.stage import Material
from voting.ledger.receipt_file import parse_receipt
from voting.services.outcome.counting import File, Files, count_material, read_files

ASSEMBLY = """
[body]
name = "架空協議会"
kind = "voluntary"
[assembly]
title = "総会"
record_date = 2024-09-27
opens_at = 2024-09-27T00:00:00+09:00
closes_at = 2024-10-05T00:00:00+09:00
[rules.clauses]
[[motion]]
number = 1
title = "事業計画"
chair_decision = "against"
[[motion]]
number = 2
title = "予算"
[[motion]]
number = 3
title = "代表の選出"
kind = "election"
method = "plurality"
seats = 1
candidates = ["甲市", "乙町"]
chair_decision = { "乙町" = "for" }
"""
ROLL = "会員番号,団体名,メールアドレス\n" + "".join(f"M{n},架空{n}町,m{n}@example.jp\n" for n in (1, 2, 3, 4))
BALLOTS = """会員番号,第1号議案,第2号議案,第3号議案:甲市,第3号議案:乙町,受付日時,方法,委任
M1,賛成,賛成,○,,2024/10/1 10:00,web,
M2,賛成,,,,2024/10/1 11:00,fax,○
M3,反対,賛成,,,2024/10/1 12:00,web,
M3,,,,,2024/10/3 12:00,持参,委任
"""


def material(ballots: str = BALLOTS) -> Material:
    return Material(ASSEMBLY, ROLL.encode(), "roll.csv", ballots.encode(), "ballots.csv")


def test_proxies_are_counted_as_the_file_says_that_the_chair_decided(tmp_path: Path) -> None:
    done = replay(tmp_path / "out", material())

    first, second, third = json.loads((tmp_path / "out" / "result.json").read_bytes())["motions"]
    assert done.receipts == 4
    assert (first["against"]["proxy"], first["against"]["expressed"]) == ("2", "0")
    assert (second["abstain"]["proxy"], second["for"]["expressed"]) == ("2", "1")
    assert [each["name"] for each in third["candidates"] if each["elected"]] == ["乙町"]


def test_a_proxy_on_the_web_is_told_by_its_row_and_nothing_is_played(tmp_path: Path) -> None:
    with pytest.raises(BallotsHaveErrors) as refused:
        replay(tmp_path / "out", material(BALLOTS.replace("fax,○", "web,○")))

    assert [line[:6] for line in refused.value.lines] == ["3行目 M2"]
    assert not (tmp_path / "out").exists()


# Early and late, on the web and on paper; at one instant; both sides of an instant; many in the last second.
TIMES = """会員番号,第1号議案,第2号議案,第3号議案:甲市,第3号議案:乙町,受付日時,方法,委任
M1,賛成,賛成,○,,2024-09-26 23:59:59,web,
M2,賛成,反対,○,,2024-09-10 08:00:00,持参,
M2,反対,賛成,,○,2024-09-27 00:00:00,web,
M2,賛成,反対,○,,2024-09-27 00:00:00,fax,
M3,賛成,賛成,,○,2024-09-27 08:59:58,web,
M3,反対,,○,○,2024-09-27 08:59:59,郵送,
M4,賛成,賛成,,○,2024-09-20 12:00:00,web,
M4,賛成,賛成,○,,2024-10-05 00:00:00,web,
M5,反対,反対,○,,2024-10-05 09:00:00,郵送,
M6,反対,反対,,○,2024-10-04 23:59:59.999,web,
M7,反対,反対,,○,2024-10-04 23:59:59.999,web,
M7,賛成,賛成,,○,2024-10-04 23:59:59.999,web,
M8,反対,反対,,○,2024-10-04 23:59:59.999,web,
"""
ONLY_LEDGER = {"levels", "refused", "amendments", "incidents"}


def counted(given: Material) -> dict[str, object]:
    found = read_files(
        Files(
            assembly=File("assembly.toml", given.assembly.encode()),
            roll=File(given.roll_name, given.roll),
            ballots=File(given.ballots_name, given.ballots),
        )
    )
    assert found.material is not None, found.faults
    return dict(json.loads(count_material(found.material).content))


def of_members(count: int, ballots: str) -> Material:
    roll = "会員番号,団体名,メールアドレス\n" + "".join(
        f"M{n},架空{n}町,m{n}@example.jp\n" for n in range(1, count + 1)
    )
    return Material(ASSEMBLY, roll.encode(), "roll.csv", ballots.encode(), "ballots.csv")


def test_a_replay_and_a_count_of_the_same_files_give_the_same_numbers_early_and_late(tmp_path: Path) -> None:
    given = of_members(9, TIMES)

    replay(tmp_path / "out", given)

    played = json.loads((tmp_path / "out" / "result.json").read_bytes())
    expected = counted(given)
    assert {name: value for name, value in played.items() if name not in ONLY_LEDGER} == {
        name: value for name, value in expected.items() if name not in ONLY_LEDGER
    }
    assert played["refused"] == {"early": 3, "late": 2}


def test_an_answer_on_the_web_before_the_opening_has_a_receipt_that_refuses_it(tmp_path: Path) -> None:
    replay(tmp_path / "out", of_members(9, TIMES))

    receipt = parse_receipt((tmp_path / "out" / "receipts" / "M1.tlog-proof").read_bytes())
    entry = json.loads(receipt.entry)
    assert (entry["kind"], entry["body"]["reason"]) == ("refused", "early")
    assert entry["body"]["received_at"] == "2024-09-26T14:59:59.000Z"


def test_answers_in_the_first_hours_keep_their_instant(tmp_path: Path) -> None:
    replay(tmp_path / "out", of_members(9, TIMES))

    receipt = parse_receipt((tmp_path / "out" / "receipts" / "M3.tlog-proof").read_bytes())
    assert json.loads(receipt.entry)["body"]["received_at"] == "2024-09-26T23:59:58.000Z"


def test_what_the_web_would_not_take_is_told_by_its_rows_all_at_once_and_nothing_is_played(
    tmp_path: Path,
) -> None:
    faulty = """会員番号,第1号議案,第2号議案,第3号議案:甲市,第3号議案:乙町,受付日時,方法,委任,不備
M1,賛成,,○,,2024/10/1 10:00,web,,
M2,両方,棄権,○,○,2024/10/1 11:00,web,,
M3,賛成,賛成,○,,2024/10/1 11:00,web,,署名なし
M4,,,○,○,2024/10/1 11:00,fax,,
M4,,,,,2024/10/1 12:00,web,○,
"""

    with pytest.raises(BallotsHaveErrors) as refused:
        replay(tmp_path / "new" / "out", material(faulty))

    assert [line[:6] for line in refused.value.lines] == ["2行目 M1", "3行目 M2", "4行目 M3", "6行目 M4"]
    assert "(第2号議案)" in refused.value.lines[0]
    assert "第1号議案" in refused.value.lines[1] and "第3号議案" in refused.value.lines[1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("had", [True, False])
def test_a_replay_that_is_broken_off_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, had: bool
) -> None:
    folder = tmp_path / "out"
    if had:
        folder.mkdir()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(replaying, "finish", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replay(folder, material())

    assert folder.exists() is had
    assert not had or list(folder.iterdir()) == []


def test_a_replay_whose_result_waits_for_a_decision_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    tie = (
        BALLOTS.split("\n")[0]
        + "\nM1,賛成,賛成,○,,2024/10/1 10:00,web,\nM2,賛成,賛成,,○,2024/10/1 10:00,web,\n"
    )

    with pytest.raises(Refusal) as refused:
        replay(tmp_path / "out", material(tie))

    assert refused.value.code == "outcome-pending"
    assert not (tmp_path / "out").exists()


def test_a_file_where_the_folder_should_be_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", "utf-8")

    with pytest.raises(NotADirectoryError):
        replay(tmp_path / "out", material())

    assert (tmp_path / "out").read_text("utf-8") == "mine"


def test_a_member_number_leads_out_of_no_folder(tmp_path: Path) -> None:
    given = material()
    numbers = {b"M1": b"../../pwned", b"M3": "X-日本/1".encode()}
    for old, new in numbers.items():
        given = Material(
            given.assembly,
            given.roll.replace(old + b",", new + b","),
            "roll.csv",
            given.ballots.replace(old + b",", new + b","),
            "ballots.csv",
        )

    replay(tmp_path / "a" / "out", given)

    assert [each.name for each in tmp_path.iterdir()] == ["a"]
    assert [each.name for each in (tmp_path / "a").iterdir()] == ["out"]
    assert sorted(each.name for each in (tmp_path / "a" / "out" / "receipts").iterdir()) == [
        "..%2F..%2Fpwned.tlog-proof",
        "M2.tlog-proof",
        "X-%E6%97%A5%E6%9C%AC%2F1-2.tlog-proof",
        "X-%E6%97%A5%E6%9C%AC%2F1.tlog-proof",
    ]


def test_no_receipt_takes_the_name_of_another() -> None:
    assert receipt_names(["M1", "M1", "M1-2", "m1", "M1"]) == ("M1", "M1-3", "M1-2", "m1-4", "M1-5")


def test_a_long_number_gives_a_name_that_a_disk_takes() -> None:
    names = receipt_names(["日" * 63 + "本", "日" * 64])

    assert all(len(name) <= 240 for name in names)
    assert len(set(names)) == 2
