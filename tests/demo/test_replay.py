"""A replay plays whatever the file of answers has: forms that name the chair come like any other."""

import json
from pathlib import Path

import pytest

from voting.demo.replay import BallotsHaveErrors, replay
from voting.demo.stage import Material

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
