"""The form of a letterhead says everything that the file can say, and nothing else."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.services.letterheads import LETTERHEAD
from voting.sheets.letterhead_form import PARTS, Kind, field_at, values_of, with_typed
from voting.sheets.letterhead_toml import read_letterhead

DOCS = Path(__file__).parents[2] / "docs" / "papers.md"
WORDS = {
    "letter.seal": "affixed",
    "letter.digits": "full",
    "letter.counter": "個",
    "notice.questions": "off",
    "proxy.to": "member",
}


def example() -> str:
    """The LETTERHEAD.toml of docs/papers.md, which has every key."""
    found = re.search(r"```toml\n(\[letter\].*?)```", DOCS.read_text("utf-8"), re.S)
    assert found is not None
    return found[1]


def places(values: Mapping[str, object], place: str = "") -> Iterator[str]:
    for key, value in values.items():
        at = f"{place}.{key}" if place else key
        if isinstance(value, Mapping):
            yield from places(value, at)
        else:
            yield at


def test_every_key_of_the_documented_file_is_a_field() -> None:
    fields = {each for part in PARTS.values() for each in part}

    assert set(places(tomllib.loads(example()))) <= fields


def test_every_field_is_a_key_that_the_reader_knows() -> None:
    source = ""
    for part, fields in PARTS.items():
        typed = {place: "2026-06-18" if kind is Kind.DAY else "一" for place, kind in fields.items()}
        source = with_typed(source, part, typed | {name: WORDS[name] for name in fields if name in WORDS})

    read_letterhead(source)

    assert set(places(tomllib.loads(source))) == {each for part in PARTS.values() for each in part}


@pytest.mark.parametrize("source", [LETTERHEAD, example(), "", "# nothing\n"])
@pytest.mark.parametrize("part", list(PARTS))
def test_what_stands_in_the_fields_gives_the_same_letterhead_again(source: str, part: str) -> None:
    again = with_typed(source, part, values_of(source, part))

    assert read_letterhead(again) == read_letterhead(source)


def test_an_emptied_field_is_left_out_and_its_table_with_it() -> None:
    source = '[notice]\nreason = "一"\n[minutes]\nauthor = "二"\n'

    assert with_typed(source, "minutes", {}) == '[notice]\nreason = "一"\n'


def test_a_wide_blank_before_a_name_stays() -> None:
    source = with_typed("", "letter", {"letter.sender": "協議会\r\n　会長　架空\r\n"})

    assert read_letterhead(source).sender == ("協議会", "　会長　架空")


@pytest.mark.parametrize(
    ("place", "field"),
    [("letter.sender", "letter.sender"), ("letter.sender.1", "letter.sender"), ("", "letter.to")],
)
def test_a_fault_in_a_list_belongs_to_its_field(place: str, field: str) -> None:
    assert field_at(place, "letter") == field
