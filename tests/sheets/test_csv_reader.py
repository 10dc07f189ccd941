"""CSV in the encodings in use in Japan, by a strict order, never by a guess."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.sheets.csv_reader import MAX_COLUMNS, MAX_RECORD, MAX_ROWS, csv_rows, encoding_of
from voting.sheets.errors import (
    BrokenRecord,
    LostCharacters,
    NulCharacter,
    TooManyCells,
    TooManyRows,
    UnknownEncoding,
    UnreadableSheet,
)

TEXT = "会員番号,団体名\r\nM0001,那須町\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("cp932"), "cp932"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe" + TEXT.replace(",", "\t").encode("utf-16-le"), "utf-16-le"),
        (b"member,name\r\nM1,x\r\n", "utf-8"),
    ],
)
def test_each_encoding_in_use_is_read(data: bytes, encoding: str) -> None:
    assert encoding_of(data)[0] == encoding
    assert [number for number, _cells in csv_rows(data)] == [1, 2]
    assert next(iter(csv_rows(data)))[1] in {("会員番号", "団体名"), ("member", "name")}


@pytest.mark.parametrize("name", ["㈱まちの灯", "①番", "髙﨑", "德永濵邊", "ﾊﾝｶｸ観光", "二～三"])
def test_characters_of_windows_are_read_as_windows_wrote_them(name: str) -> None:
    data = f"会員番号,団体名\r\nM1,{name}\r\n".encode("cp932")

    assert list(csv_rows(data))[1] == (2, ("M1", name))


@pytest.mark.parametrize(
    ("data", "guess", "row"),
    [
        (TEXT.encode("euc_jp"), "EUC-JP", 1),
        (b"M1,x\r\n" + "M2,那須町\r\n".encode("euc_jp"), "EUC-JP", 2),
        (TEXT.encode("iso2022_jp"), "ISO-2022-JP", 1),
        (TEXT.encode() + b"\xff", "UTF-8", 3),
        (TEXT.encode()[:-6], "UTF-8", 2),
        (b"M1,x\r\nM2,\xff\xff\r\n", "", 2),
        (b"\xef\xbb\xbfM1,x\r\nM2,\xff\r\n", "", 2),
        (b"\xff\xfe" + "M1".encode("utf-16-le") + b"\x00", "", 1),
    ],
)
def test_any_other_encoding_is_refused_with_its_row(data: bytes, guess: str, row: int) -> None:
    with pytest.raises(UnknownEncoding) as refused:
        encoding_of(data)

    assert (refused.value.guess, refused.value.row) == (guess, row)


def test_half_width_katakana_alone_may_be_two_encodings_and_is_refused() -> None:
    data = "ﾃﾞｱﾙ".encode("cp932")

    assert data.decode("euc_jp")
    with pytest.raises(UnknownEncoding):
        encoding_of(data)


def test_a_lost_character_is_refused_with_its_cell() -> None:
    data = 'M1,"two\r\nlines"\r\nM2,飛\ufffd市\r\n'.encode()

    with pytest.raises(LostCharacters) as refused:
        csv_rows(data)

    assert (refused.value.row, refused.value.column) == (2, "B")


@pytest.mark.parametrize("data", [b"M1,x\nM2,\0y\n", "M1,x\nM2,y\n".encode("utf-16-le")])
def test_a_nul_is_refused_with_its_row(data: bytes) -> None:
    with pytest.raises(NulCharacter):
        csv_rows(data)


def test_rows_are_counted_as_excel_counts_them() -> None:
    data = b'a\r\n\r\n"b\r\nc",d\r\ne'

    assert list(csv_rows(data)) == [(1, ("a",)), (2, ()), (3, ("b\r\nc", "d")), (4, ("e",))]


@pytest.mark.parametrize("data", [b'a,b\r\nc,"d\r\ne,f\r\n', b'a,b\r\nc,"d"e\r\n'])
def test_quotation_marks_that_do_not_match_are_refused_with_their_row(data: bytes) -> None:
    with pytest.raises(BrokenRecord) as refused:
        list(csv_rows(data))

    assert refused.value.row == 2


def test_a_file_that_is_one_endless_row_is_refused() -> None:
    with pytest.raises(BrokenRecord):
        list(csv_rows(b"a\n" + b"x" * (MAX_RECORD + 1)))
    with pytest.raises(BrokenRecord):
        list(csv_rows(b'a\n"' + b'\n",b,"' * MAX_RECORD))


def test_a_million_empty_rows_and_a_thousand_columns_are_refused() -> None:
    with pytest.raises(TooManyRows):
        list(csv_rows(b",,\n" * (MAX_ROWS + 1)))
    with pytest.raises(TooManyCells):
        list(csv_rows(b"," * MAX_COLUMNS))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(UnreadableSheet):
        assert [number for number, _cells in csv_rows(data)][-1:] != [0]
