"""One assembly: report, summary, roll call, page, workbook, table and data say the same numbers."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from tests.documents.reading import text_of
from tests.verify.conftest import play
from tests.world import World
from voting.app import create_app
from voting.services.outcome.result_files import download

SIDES = ("for", "expressed", "deemed", "against", "invalid", "excluded", "total")
Numbers = Mapping[int, tuple[int, ...]]


def of_json(world: World, folder: Path) -> Numbers:
    found = {}
    for motion in json.loads(_file(world, "result.json"))["motions"]:
        favour = {each: int(number) for each, number in motion["for"].items()}
        excluded = sum(int(number) for number in motion["excluded"].values())
        found[motion["number"]] = (
            favour["total"],
            favour["expressed"] + favour["proxy"],
            favour["blank"] + favour["deemed"],
            int(motion["against"]["total"]),
            int(motion["invalid"]),
            excluded,
            int(motion["total"]),
        )
    return found


def of_csv(world: World, folder: Path) -> Numbers:
    rows = list(csv.DictReader(io.StringIO(_file(world, "result.csv").decode("utf-8-sig"), newline="")))

    def votes(number: str, side: str, *parts: str) -> int:
        return sum(
            int(row["票数"])
            for row in rows
            if (row["議案番号"], row["区分"]) == (number, side) and (not parts or row["内訳"] in parts)
        )

    return {
        int(number): (
            votes(number, "賛成"),
            votes(number, "賛成", "提出", "委任"),
            votes(number, "賛成", "無記入によるみなし", "未提出によるみなし"),
            votes(number, "反対"),
            votes(number, "無効"),
            votes(number, "除外"),
            votes(number, "計"),
        )
        for number in ("1", "2")
    }


def of_workbook(world: World, folder: Path) -> Numbers:
    book = openpyxl.load_workbook(io.BytesIO(_file(world, "result.xlsx")))
    found = {}
    for row in book["結果"].iter_rows(min_row=4, max_row=5, values_only=True):
        favour, expressed, proxy, blank, deemed, against, _, invalid, excluded, _, _, total = row[2:14]
        number = int(re.sub(r"\D", "", row[0]))
        found[number] = (favour, expressed + proxy, blank + deemed, against, invalid, excluded, total)
    return found


def of_page(world: World, folder: Path) -> Numbers:
    client = create_app(world.rt, secret=b"s" * 32, secure_cookies=False).test_client()
    page = unescape(client.get("/assemblies/council/2026-06").text)
    table = page[page.index('<table class="numbers">') : page.index("</table>")]
    found = {}
    for row in table.split("<tr>")[2:]:
        favour, sent, deemed, against, _, invalid, excluded, _, total = (
            int(cell) for cell in re.findall(r"<td[^>]*>(\d+)</td>", row)
        )
        label = re.search(r"第(\d+)号議案", row)
        assert label is not None
        found[int(label[1])] = (favour, sent, deemed, against, invalid, excluded, total)
    return found


def of_paper(name: str, rows: int) -> Callable[[World, Path], Numbers]:
    """The rows of eight figures, in the order of the motions: 賛成 (計, 提出, みなし), 反対, 棄権, …"""

    def read(world: World, folder: Path) -> Numbers:
        text = text_of(_file(world, name), folder)
        found = [
            tuple(map(int, figures.group().split()))
            for line in text.splitlines()
            if (figures := re.search(r"(?<!\S)\d+(?: +\d+){7}(?!\S)", line))
        ]
        kept = [
            (favour, sent, deemed, against, invalid, excluded, total)
            for favour, sent, deemed, against, _, invalid, excluded, total in found[:rows]
        ]
        return dict(enumerate(kept, 1))

    return read


def of_roll_call(world: World, folder: Path) -> Numbers:
    """The roll call of the report counted by hand, as a member would."""
    text = text_of(_file(world, "result.pdf"), folder)
    lines = re.findall(r"^ *(M\d{4}) +\S+ +(\S+) +(\S+) *$", text, re.MULTILINE)
    assert len(lines) == 8
    found = {}
    for number in (1, 2):
        words = [line[number] for line in lines]
        count = words.count
        deemed = count("賛成(み)") + count("賛成(無)")
        sides = (count("賛成") + deemed, count("賛成"), deemed, count("反対"), count("無効"), count("除外"))
        found[number] = (*sides, len(words))
    return found


def _file(world: World, name: str) -> bytes:
    content = download(world.rt, world.origin, name)
    assert content is not None
    return content


READERS = {
    "csv": of_csv,
    "workbook": of_workbook,
    "page": of_page,
    "report": of_paper("result.pdf", 2),
    "summary": of_paper("result-summary.pdf", 2),
    "report in English": of_paper("result-en.pdf", 2),
    "roll call": of_roll_call,
}


@pytest.fixture
def declared(world: World) -> World:
    """Answers by web, fax and post, a blank, a defect, late ones and silence, with names."""
    play(world, disclosure="L0")
    return world


def test_the_sample_has_a_number_on_every_side(declared: World, tmp_path: Path) -> None:
    numbers = of_json(declared, tmp_path)

    assert all(any(motion[place] for motion in numbers.values()) for place in range(len(SIDES)))
    assert numbers[1] != numbers[2]


@pytest.mark.parametrize("name", READERS)
def test_whoever_reads_the_result_reads_the_numbers_of_result_json(
    declared: World, tmp_path: Path, name: str
) -> None:
    assert READERS[name](declared, tmp_path) == of_json(declared, tmp_path)
