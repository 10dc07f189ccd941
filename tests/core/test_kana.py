"""Sorting by reading and finding by any spelling: domain 5.4.6, 5.5."""

import csv
from pathlib import Path

import pytest

from voting.core.kana import search_key, sort_key

DATA = Path(__file__).parent.parent / "data" / "names"


def by_reading(*readings: str) -> list[str]:
    return sorted(readings, key=sort_key)


def test_readings_stand_in_the_order_of_the_fifty_sounds() -> None:
    assert by_reading("ユスハラチョウ", "ナスマチ", "アオモリシ", "カサマシ") == [
        "アオモリシ",
        "カサマシ",
        "ナスマチ",
        "ユスハラチョウ",
    ]


def test_marks_decide_only_between_the_same_sounds() -> None:
    assert by_reading("ババ", "パパ", "ハハ", "ハバ") == ["ハハ", "ハバ", "ババ", "パパ"]
    assert by_reading("ハビ", "ババ") == ["ババ", "ハビ"]


def test_small_kana_width_and_the_kind_of_kana_do_not_part_a_name_from_itself() -> None:
    assert sort_key("ﾅｽﾏﾁ") == sort_key("なすまち") == sort_key("ナスマチ")
    assert by_reading("キヨウカ", "キョウ", "キヨ") == ["キヨ", "キョウ", "キヨウカ"]


def test_a_long_vowel_sorts_as_the_vowel_it_lengthens() -> None:
    assert by_reading("カーロ", "カアリ", "カイ") == ["カアリ", "カーロ", "カイ"]
    assert by_reading("ミスソ", "ミスヾキ", "ミススカ") == ["ミススカ", "ミスヾキ", "ミスソ"]


def test_a_shorter_reading_stands_before_the_longer_that_begins_with_it() -> None:
    assert by_reading("アイウ", "アイ") == ["アイ", "アイウ"]


def test_words_of_the_legal_form_are_passed_over() -> None:
    assert by_reading("カブシキガイシャヤマビコ", "コモレビコウツウカブシキガイシャ", "サクラ") == [
        "コモレビコウツウカブシキガイシャ",
        "サクラ",
        "カブシキガイシャヤマビコ",
    ]
    assert sort_key("カブシキガイシャ").startswith("カフシキカイシヤ")


def test_the_municipalities_of_japan_sort_without_a_mark_in_the_key() -> None:
    with (DATA / "municipalities.csv").open(encoding="utf-8") as file:
        readings = [line["kana"] for line in csv.DictReader(file)]

    ordered = by_reading(*readings)

    assert ordered[:2] == ["アイオイシ", "アイカワマチ"]
    assert [sort_key(each) for each in ordered] == sorted(sort_key(each) for each in readings)
    assert not set("ガギグゲゴッャュョー") & {c for each in readings for c in sort_key(each).split("\t")[0]}


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("葛󠄀城市", "葛城市"),
        ("葛󠄁飾区", "葛飾區"),
        ("飛驒市", "飛騨市"),
        ("檮原町", "梼原町"),
        ("龍ケ崎市", "竜ヶ﨑市"),
        ("鎌ケ谷市", "鎌が谷市"),
        ("茅ヶ崎市", "茅ケ崎市"),
        ("鰺ヶ沢町", "鯵ケ澤町"),
        ("塩竈市", "塩釜市"),
        ("𠮷田商店", "吉田商店"),
        ("株式会社髙﨑設計", "株式会社 高崎設計"),
        ("德永濵邊建設", "徳永浜辺建設"),
        ("㈱まちの灯", "(株)マチノ灯"),
        ("ＡＮＤ　ＣＯ．，ＬＴＤ．", "and co.,ltd."),
        ("ﾊﾝｶｸ観光", "ハンカク観光"),
        ("二〜三", "二～三"),
        ("神社", "神社"),
    ],
)
def test_a_name_is_found_however_it_is_typed(stored: str, typed: str) -> None:
    assert search_key(stored) == search_key(typed)


def test_names_of_different_places_stay_apart() -> None:
    assert search_key("川崎市") != search_key("川崎町")
    assert search_key("埼玉") != search_key("崎玉")


def test_every_hard_name_has_a_key() -> None:
    with (DATA / "hard-names.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [line["団体名"] for line in csv.DictReader(file)]

    assert len({search_key(name) for name in names}) == len(names) == 20
