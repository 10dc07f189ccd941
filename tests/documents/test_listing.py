"""A roll call as a clerk prints it: close, in two lanes where it fits, and read out as one table."""

import io
import subprocess
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest

from tests.documents.archives import failures
from tests.documents.council import facts_with_roll_call
from tests.documents.reading import squeezed, text_of
from tests.documents.test_typeface import names
from voting.documents.facts import ResultFacts
from voting.documents.grid_columns import Column
from voting.documents.page import Paper
from voting.documents.result_pdf import render_result


def words(pdf: bytes, folder) -> list[tuple[int, float, float, float, str]]:
    """Every word: page from 1, left, top and height in points, text."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True)
    page, found = 0, []
    for line in done.stdout.decode().splitlines():
        page += "<page " in line
        if "<word " in line:
            numbers = [float(part.split('"')[0]) for part in line.split('="')[1:]]
            text = line.split(">", 1)[1].split("<")[0]
            found.append((page, numbers[0], numbers[1], numbers[3] - numbers[1], text))
    return found


def members(given: ResultFacts, *names: str) -> ResultFacts:
    """The same, the first members with other names."""
    call = given.roll_call
    assert call is not None
    lines = [replace(line, name=name) for line, name in zip(call.lines, names, strict=False)]
    return replace(given, roll_call=replace(call, lines=(*lines, *call.lines[len(lines) :])))


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def listed(count: int, *, columns: int = 3, width: int = 2) -> bytes:
    paper = Paper(title="一覧", author="架空協議会")
    heads = (Column("番号", 1), Column("団体名", 4), *(Column(f"第{at + 1}号", 2) for at in range(columns)))
    rows = [(f"N{at:04d}", f"架空{at}町", *(("賛" * width,) * columns)) for at in range(count)]
    paper.listing(heads, rows, name=1)
    return paper.finish()


def test_681_members_take_seven_pages_and_every_name_is_there(tmp_path):
    given = members(facts_with_roll_call(), "架空県とても長い名称の二地域居住促進市町村連絡協議会" * 3)

    pdf = render_result(given)

    text = squeezed(text_of(pdf, tmp_path))
    assert pages(pdf) == 3 + 7
    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []
    assert all(f"M{number:04d}" in text for number in range(681))
    assert all(f"架空{number}町" in text for number in range(1, 681))


def test_a_page_has_two_lanes_the_left_before_the_right_each_under_its_heads(tmp_path):
    found = [each for each in words(listed(300), tmp_path) if each[0] == 1]

    numbers = [(left, top, text) for _, left, top, _, text in found if text.startswith("N")]
    lanes = sorted({round(left) for left, _, _ in numbers})
    assert len(lanes) == 2
    read = [text for _, _, text in sorted(numbers, key=lambda each: (round(each[0]), each[1]))]
    assert read == [f"N{number:04d}" for number in range(len(read))]
    assert sum(text == "団体名" for *_, text in found) == 2
    assert {round(right - left) for left, right in pairwise(lanes)} == {239}


def test_it_is_one_table_whose_repeated_heads_are_not_read_out(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(listed(300))

    done = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, check=True)

    told = done.stdout.decode()
    assert told.count("Table") == 1
    assert told.count("団体名") == 1
    assert told.count("TR") == 301
    assert told.index('"N0001"') < told.index('"N0060"') < told.index('"N0299"')


def test_type_is_of_nine_points(tmp_path):
    heights = {round(height, 1) for *_, height, text in words(listed(300), tmp_path) if text.startswith("N")}

    assert heights == {9.0}


@pytest.mark.parametrize(
    ("count", "columns", "width", "lanes"),
    [(300, 3, 2, 2), (20, 3, 2, 1), (300, 6, 4, 1), (300, 3, 6, 1)],
    ids=["many", "few", "many questions", "long words"],
)
def test_lanes_are_for_long_lists_of_narrow_rows(tmp_path, count, columns, width, lanes):
    found = words(listed(count, columns=columns, width=width), tmp_path)

    assert len({round(left) for page, left, _, _, text in found if page == 1 and text[0] == "N"}) == lanes


def test_what_follows_a_list_stands_below_its_longer_lane(tmp_path):
    paper = Paper(title="一覧", author="架空協議会")
    rows = [(f"N{at:04d}", f"架空{at}町") for at in range(70)]
    paper.listing((Column("番号", 1), Column("団体名", 4)), rows, name=1)
    paper.text_line("以下余白")

    found = words(paper.finish(), tmp_path)

    (below,) = [(page, top) for page, _, top, _, text in found if text == "以下余白"]
    assert all((page, top) < below for page, _, top, _, text in found if text.startswith("N"))


@pytest.mark.parametrize("is_named", [True, False])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_with_names_or_marks_in_either_language_it_can_be_archived(is_named, language):
    pdf = render_result(facts_with_roll_call(is_named=is_named), language=language)

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []


def test_every_municipality_of_japan_stands_in_the_list_to_the_character(tmp_path):
    given = [f"{at:04d}{name}" for at, name in enumerate(names("municipalities.csv", "name"))]
    paper = Paper(title="一覧", author="架空協議会")
    heads = (Column("団体名", 4), *(Column(f"第{at}号", 2) for at in (1, 2, 3)))
    paper.listing(heads, [(name, "賛成", "賛成", "賛成(み)") for name in given], name=0)

    read = [text for *_, text in words(paper.finish(), tmp_path)]

    assert len(given) == 1741
    assert sorted(text for text in read if text[:4].isdigit() and len(text) > 4) == given
