"""A CSV for programs that know only CP932: what it loses is told, character by character."""

import csv
from io import StringIO

import pytest

from voting.documents.cp932 import Loss, in_cp932, loss_lines


def written(*rows: tuple[str, ...]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def test_what_cp932_has_comes_through_and_nothing_is_told():
    content = written(("会員番号", "名称"), ("M0001", "髙﨑栁濵德①㈱Ⅲ～－檮原町、\n梼原町"))

    encoded, losses = in_cp932(content)

    assert losses == ()
    assert encoded.decode("cp932") == content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("name", "character", "stand_in"),
    [
        ("𠮷野町", "𠮷", "〓"),
        ("飛驒市", "驒", "〓"),
        ("葛\U000e0100城市", "葛\U000e0100", "葛"),
        ("神\ufe00石高原町", "神\ufe00", "神"),
        ("9月〜10月", "〜", "～"),
        ("−1", "−", "－"),
    ],
)
def test_each_loss_names_the_text_the_character_and_what_stands_for_it(name, character, stand_in):
    encoded, losses = in_cp932(written(("名称",), (name,)))

    assert losses == (Loss(name, character, stand_in),)
    assert encoded.decode("cp932") == f"名称\r\n{name.replace(character, stand_in)}\r\n"


def test_a_loss_is_told_once_in_the_order_of_the_file_and_by_text():
    _, losses = in_cp932(written(("飛驒市", "𠮷野町と飛驒市"), ("飛驒市", "𠮷野町")))

    assert loss_lines(losses) == (
        "「飛驒市」の「驒」(U+9A52)は「〓」になります。",
        "「𠮷野町と飛驒市」の「𠮷」(U+20BB7)は「〓」、「驒」(U+9A52)は「〓」になります。",
        "「𠮷野町」の「𠮷」(U+20BB7)は「〓」になります。",
    )


def test_the_apostrophe_before_a_formula_stays():
    encoded, _ = in_cp932(written(("'=1+1", "'＝１")))

    assert encoded == "'=1+1,'＝１\r\n".encode("cp932")
