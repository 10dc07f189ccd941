"""Files in, result out: what an office has in its spreadsheets, counted without a database."""

import json
import textwrap
from pathlib import Path
from typing import Any

import pytest

from voting.core.result import Outcome
from voting.resources import sample
from voting.services.outcome.counting import (
    MAX_ASSEMBLY,
    Counting,
    File,
    Files,
    FilesRead,
    count_material,
    read_files,
    result_files,
)
from voting.services.outcome.counting_facts import result_facts

DATA = Path(__file__).parents[1] / "data" / "council-2024"

ASSEMBLY = """
[body]
name = "架空協議会"
kind = "voluntary"
[assembly]
title = "令和6年度臨時総会"
record_date = 2024-09-27
opens_at = 2024-09-27T00:00:00+09:00
closes_at = 2024-10-05T00:00:00+09:00
[rules]
preset = "council"
clauses = { deemed = "規約第12条第3項" }
[[motion]]
number = 1
title = "予算について"
"""
ROLL = ("会員番号,団体名", "M1,甲市", "M2,乙町", "M3,丙村", "M4,丁市")
BALLOTS = ("会員番号,第1号議案,受付日時,方法", "M1,賛成,2024/10/1 10:00,web", "M2,反対,2024/10/2 9:00,fax")


def file(name: str, *lines: str) -> File:
    return File(name, "".join(line + "\r\n" for line in lines).encode())


def files(
    assembly: str = ASSEMBLY,
    roll: tuple[str, ...] = ROLL,
    ballots: tuple[str, ...] = BALLOTS,
    **more: tuple[str, ...],
) -> Files:
    return Files(
        File("ASSEMBLY.toml", assembly.encode()),
        file("roll.csv", *roll),
        file("ballots.csv", *ballots),
        **{name: file(f"{name}.csv", *lines) for name, lines in more.items()},
    )


def read(given: Files) -> FilesRead:
    found = read_files(given)
    assert (found.material is None) is bool(found.faults)
    return found


def counted(given: Files) -> Counting:
    material = read(given).material
    assert material is not None
    return count_material(material)


def motion(given: Files, number: int = 1) -> dict[str, Any]:
    found = json.loads(counted(given).content)["motions"]
    return dict(next(each for each in found if each["number"] == number))


# The origin case


@pytest.mark.parametrize(
    ("roll", "ballots"),
    [
        (sample() / "roll.xlsx", sample() / "ballots.csv"),
        (DATA / "roll-cp932.csv", DATA / "ballots.csv"),
        (DATA / "roll-utf8.csv", DATA / "ballots.csv"),
        (DATA / "roll.xlsx", DATA / "ballots.csv"),
    ],
    ids=["sample", "cp932", "utf8", "xlsx"],
)
def test_the_sample_gives_the_published_numbers(roll: Path, ballots: Path) -> None:
    toml = sample() / "assembly.toml"
    given = Files(*(File(each.name, each.read_bytes()) for each in (toml, roll, ballots)))
    expected = json.loads((sample() / "expected.json").read_text("utf-8"))

    result = json.loads(counted(given).content)

    assert result["roll"] == {"members": expected["eligible"], "votes": str(expected["eligible"])}
    assert result["returned"]["members"] == expected["submitted"]
    for one, want in zip(result["motions"], expected["motions"], strict=True):
        assert (one["number"], one["outcome"] == "carried") == (want["number"], want["passed"])
        assert one["for"]["total"] == str(want["for"])
        assert one["for"]["expressed"] == str(want["for_expressed"])
        assert one["for"]["deemed"] == str(want["for_deemed"])
        assert (one["against"]["total"], one["abstain"]["total"]) == (
            str(want["against"]),
            str(want["abstain"]),
        )


def test_the_example_of_the_manual_is_counted_as_it_stands() -> None:
    text = (Path(__file__).parents[2] / "docs" / "count.md").read_text("utf-8")
    toml = textwrap.dedent(text.split("```toml\n")[1].split("```")[0])
    table = next(part.strip() for part in text.split("\n\n") if part.strip().startswith("| 会員番号"))
    rows = [line.strip()[1:-1].split("|") for line in table.split("\n") if "---" not in line]
    ballots = tuple(",".join(cell.strip() for cell in row) for row in rows)
    roll = ("会員番号,団体名", "M0001,甲市", "M0002,乙町", "M0003,丙村", "M0004,丁市")

    first, second = json.loads(counted(files(toml, roll, ballots)).content)["motions"]
    assert (first["for"]["expressed"], first["for"]["blank"], first["for"]["deemed"]) == ("2", "1", "1")
    assert (second["against"]["total"], second["outcome"]) == ("1", "carried")


# The roll of the record date


def test_who_joined_later_or_left_by_the_record_date_is_not_on_the_roll() -> None:
    roll = (
        "会員番号,団体名,入会日,退会日",
        "M1,甲市,2024/9/27,",
        "M2,乙町,2024/9/28,",
        "M3,丙村,,2024/9/27",
        "M4,丁市,,2024/9/28",
    )
    result = counted(files(roll=roll)).result

    assert result.roll_members == 2
    assert result.not_on_roll == ("M2",)


def test_a_later_day_of_leaving_excludes_the_silent_from_midnight_in_japan() -> None:
    roll = ("会員番号,団体名,退会日", "M1,甲市,2024/10/1", "M2,乙町,2024/10/1")
    ballots = (
        "会員番号,第1号議案,受付日時",
        "M1,賛成,2024/9/30 23:59:59",
        "M2,賛成,2024/10/1 0:00",
    )
    one = motion(files(roll=roll, ballots=ballots))

    assert (one["for"]["expressed"], one["excluded"]["left"]) == ("1", "1")


@pytest.mark.parametrize(
    ("event", "left"), [("2024/9/30 12:00", "1"), ("2024/10/1 9:59", "1"), ("2024/10/3 10:00", "0")]
)
def test_of_two_leavings_the_earliest_counts(event: str, left: str) -> None:
    roll = ("会員番号,団体名,退会日", "M1,甲市,2024/10/2", "M2,乙町,")
    given = files(roll=roll, events=("会員番号,種別,日時", f"M1,left,{event}"))

    # M1 voted on 1 October at 10:00.
    assert motion(given)["excluded"]["left"] == left


def test_a_notice_that_failed_excludes_a_silent_member() -> None:
    given = files(delivery=("会員番号,状態", "M3,failed", "M4,delivered"))

    assert motion(given)["excluded"]["undelivered"] == "1"


# Decisions of the chair


def test_the_chair_decides_on_proxies_and_in_a_tie() -> None:
    toml = ASSEMBLY.replace('preset = "council"', 'tie = "chair"') + 'chair_decision = "against"\n'
    ballots = ("会員番号,第1号議案,受付日時,委任", "M1,賛成,2024/10/1 10:00,", "M2,,2024/10/1 10:00,○")

    assert motion(files(toml, ballots=ballots))["outcome"] == "pending"
    decided = motion(files(toml + 'tie_decision = "for"\n', ballots=ballots))
    assert (decided["outcome"], decided["against"]["proxy"]) == ("carried", "1")


# Warnings


def test_a_row_of_somebody_not_on_the_roll_is_a_warning_and_in_no_number() -> None:
    ballots = (*BALLOTS, "M9,反対,2024/10/2 9:00,fax")
    given = files(ballots=ballots)

    assert read(given).warnings == ("ballots.csv: 4行目 M9: 名簿にない会員です。集計には入りません。",)
    assert motion(given)["against"]["total"] == "1"


def test_facts_about_strangers_are_warnings() -> None:
    given = files(
        delivery=("会員番号,状態", "M8,failed"), events=("会員番号,種別,日時", "M9,left,2024/10/1 9:00")
    )

    assert read(given).warnings == (
        "delivery.csv: 2行目 M8: 基準日の名簿にない会員です。集計には影響しません。",
        "events.csv: M9: 基準日の名簿にない会員です。集計には影響しません。",
    )


def test_answers_without_effect_are_listed() -> None:
    roll = ("会員番号,団体名,退会日", "M1,甲市,2024/10/1", "M2,乙町,")
    ballots = ("会員番号,第1号議案,受付日時", "M1,賛成,2024/10/1 0:00", "M2,反対,2024/9/26 10:00")

    assert read(files(roll=roll, ballots=ballots)).warnings == (
        "ballots.csv: 2行目 M1: 退会の後に届いたため、提出がなかったものとします。",
        "ballots.csv: 3行目 M2: 受付開始より前に届いたため、提出がなかったものとします。",
    )


def test_rows_passed_over_are_listed_and_missing_addresses_are_not() -> None:
    roll = ("会員番号,団体名,メールアドレス", "M1,甲市,a@example.jp", "M2,乙町,", "合計,2,")

    assert read(files(roll=roll)).warnings == ("roll.csv: 4行目: 集計行とみなし、読み飛ばしました。",)


# Faults: all of all files, and nothing else


def test_every_fault_of_every_file_is_told_with_its_row_and_column() -> None:
    given = files(
        roll=(*ROLL, "M4,丁市", "M5,"),
        ballots=("会員番号,第1号議案,受付日時", "M1,賛,2024/10/1 10:00", "M2,賛成,"),
        delivery=("会員番号,状態", "M1,たぶん"),
        events=("会員番号,種別,日時", "M1,left,あした"),
    )

    assert read(given).faults == (
        "roll.csv: 6行目 M4: 会員番号が重複しています(5行目と6行目)。"
        "どちらかの番号を直すか、行を削除してください。",
        "roll.csv: 7行目 M5: 団体名がありません。団体名を入力してください。",
        "ballots.csv: 2行目 M1: 「第1号議案」の「賛」は読み取れません。"
        "賛成・反対・棄権・両方のいずれかにするか、空欄にしてください。",
        "ballots.csv: 3行目 M2: 「受付日時」がありません。受け付けた日時を入力してください。",
        "delivery.csv: 2行目 M1: 「状態」の「たぶん」は読み取れません。delivered か failed にしてください。",
        "events.csv: 2行目 M1: 「日時」の あした は日時として読み取れません。"
        "「2024/10/2 16:03」の形で入力してください。",
    )


def test_a_faulty_assembly_is_told_beside_the_faults_of_the_roll() -> None:
    found = read(files(ASSEMBLY.replace("voluntary", "npo") + "sets = 1\n", roll=(*ROLL, "M5,")))

    assert [line.split(" ")[0] for line in found.faults] == ["ASSEMBLY.toml:", "ASSEMBLY.toml:", "roll.csv:"]
    assert found.warnings == ("ballots.csv: 総会の設定を直した後に調べます。",)


def test_a_barred_member_has_to_be_on_the_roll() -> None:
    assert read(files(ASSEMBLY + 'barred = ["M9"]\n')).faults == (
        "ASSEMBLY.toml: motion.1.barred: 会員 M9 は名簿にありません。会員番号を直すか、削除してください。",
    )


def test_a_roll_without_a_member_on_the_record_date_is_a_fault() -> None:
    (fault,) = read(files(roll=("会員番号,団体名,入会日", "M1,甲市,2025/4/1"))).faults

    assert fault.startswith("roll.csv: 基準日(令和6年9月27日(金))の会員がいません。")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "UTF-8で保存し直してください"),
        (b"x = [", "TOMLとして読み取れません"),
        (b"x = " + b"1" * 5000, "TOMLとして読み取れません"),
        (b"x = " + b"[" * 5000, "TOMLとして読み取れません"),
        (b"#" * (MAX_ASSEMBLY + 1), "大きすぎます"),
    ],
)
def test_an_assembly_that_is_none_is_one_fault(content: bytes, words: str) -> None:
    given = files()

    (fault,) = read(Files(File("a.toml", content), given.roll, given.ballots)).faults
    assert fault.startswith("a.toml: ")
    assert words in fault


def test_files_that_cannot_be_opened_or_read_are_faults_beside_the_others() -> None:
    given = Files(
        File("a.toml", fault="開けません。"),
        File("roll.xlsx", b"PK\x03\x04 no workbook"),
        File("ballots.csv", fault="開けません。"),
        delivery=File("delivery.pdf", b"%PDF-1.7"),
    )

    found = read(given).faults
    assert [line.split(":")[0] for line in found] == ["a.toml", "roll.xlsx", "ballots.csv", "delivery.pdf"]


# What the papers tell beside the numbers


def test_the_papers_tell_ways_categories_and_who_was_set_apart() -> None:
    roll = (
        "会員番号,団体名,区分,退会日",
        "M1,甲市,市,",
        "M2,乙町,町,",
        "M3,丙町,町,2024/10/2",
        "M4,丁市,市,",
        "M5,戊市,市,",
    )
    ballots = (
        "会員番号,第1号議案,受付日時,方法,委任",
        "M1,反対,2024/9/30 10:00,fax,",
        "M1,賛成,2024/10/1 10:00,web,",
        "M2,,2024/10/1 10:00,post,○",
        "M4,賛成,2024/10/5 0:00,web,",
    )
    given = counted(files(roll=roll, ballots=ballots, delivery=("会員番号,状態", "M5,failed")))
    material = given.material
    facts = result_facts(
        material.docket,
        material.roll,
        material.submissions,
        material.facts,
        result=given.result,
        content=given.content,
    )

    assert sorted(facts.channels) == [("post", 1), ("web", 1)]
    assert (facts.proxies, facts.refused_late, facts.undelivered, facts.left) == (1, 1, 1, 1)
    assert [(each.name, each.roll_members, each.returned_members) for each in facts.categories] == [
        ("市", 3, 1),
        ("町", 2, 1),
    ]
    assert facts.result_json == given.content


def test_barred_members_do_not_keep_categories_from_being_told() -> None:
    roll = ("会員番号,団体名,区分", "M1,甲市,市", "M2,乙町,町")
    given = counted(files(ASSEMBLY + 'barred = ["M1"]\n', roll=roll))

    assert set(result_files(given)) == {"result.json", "result.pdf", "result.xlsx", "result.csv"}


def test_the_same_files_give_the_same_four_files() -> None:
    assert result_files(counted(files())) == result_files(counted(files()))


def test_the_order_of_rows_decides_nothing_but_ties_in_time() -> None:
    reordered = files(roll=(ROLL[0], *reversed(ROLL[1:])), ballots=(BALLOTS[0], *reversed(BALLOTS[1:])))

    assert counted(reordered).content == counted(files()).content
    assert counted(files()).result.motions[0].outcome is Outcome.CARRIED
