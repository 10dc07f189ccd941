"""Check digits of public codes, against published vectors (domain 5.1.3, 5.2.1, 8.3-22)."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.core.codes import (
    CodeKind,
    code_kind,
    corporate_check_digit,
    is_code,
    municipal_check_digit,
    repairs,
)

MUNICIPALITIES = Path(__file__).parent.parent / "data" / "names" / "municipalities.csv"


@pytest.mark.parametrize(
    "code",
    [
        "010006",  # 北海道
        "011002",  # 札幌市
        "012041",  # 旭川市, remainder 10
        "012050",  # 室蘭市, remainder 1
        "012131",  # 苫小牧市, remainder 0
        "094072",  # 那須町
        "130001",  # 東京都
        "131041",  # 新宿区, remainder 0
        "200000",  # 長野県, remainder 1
        "212172",  # 飛驒市
        "292117",  # 葛󠄀城市
        "302066",  # 田辺市
        "394050",  # 檮原町
        "470007",  # 沖縄県
        "132063",  # 府中市 in 東京都
        "342084",  # 府中市 in 広島県
    ],
)
def test_a_published_municipal_code_is_sound(code: str) -> None:
    assert is_code(code)
    assert municipal_check_digit(code[:5]) == code[5]


@pytest.mark.parametrize("number", ["7123456789012", "4011001098993", "8000020130001", "1000020200000"])
def test_a_published_corporate_number_is_sound(number: str) -> None:
    assert is_code(number)
    assert corporate_check_digit(number[1:]) == number[0]


def test_every_municipality_of_japan_has_a_sound_code() -> None:
    with MUNICIPALITIES.open(encoding="utf-8") as file:
        codes = [line["code"] for line in csv.DictReader(file)]

    assert len(codes) == 1741
    assert [code for code in codes if not is_code(code)] == []


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("302065", ("302066",)),
        ("094071", ("094072",)),
        ("94072", ("094072",)),
        ("9407", ("094072",)),
        ("20000", ("200000",)),
        ("10006", ("010006",)),
        ("13104", ("131041",)),
        ("123456789012", ("7123456789012",)),
        ("1123456789012", ("7123456789012",)),
    ],
)
def test_a_faulty_code_comes_with_an_offer(written: str, offered: tuple[str, ...]) -> None:
    assert not is_code(written)
    assert repairs(written) == offered


@pytest.mark.parametrize("text", ["", "48000", "480002", "M0001", "１３０００１", "12345678", "010016"])
def test_what_cannot_be_a_code_gets_no_offer(text: str) -> None:
    assert not is_code(text)
    assert repairs(text) == ()


def test_a_sound_code_needs_no_offer() -> None:
    assert repairs("094072") == ()


def test_the_length_tells_which_code_is_meant() -> None:
    assert code_kind("94072") is CodeKind.MUNICIPAL
    assert code_kind("7123456789012") is CodeKind.CORPORATE
    assert code_kind("12345678") is None
    assert code_kind("なし") is None


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_the_check_digit_of_a_corporate_number_is_never_zero(base: int) -> None:
    assert corporate_check_digit(f"{base:012d}") in set("123456789")


@given(st.text(max_size=14))
def test_every_offer_is_a_sound_code(text: str) -> None:
    assert all(is_code(offer) for offer in repairs(text))


def test_a_base_of_another_length_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError):
        corporate_check_digit("123")
    with pytest.raises(ValueError):
        municipal_check_digit("1234")
