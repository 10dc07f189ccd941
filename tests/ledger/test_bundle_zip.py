"""One way to write a zip; the reader's side is tests/verify/test_bundle.py."""

import io
import zipfile
from types import MappingProxyType

import pytest

from voting.ledger import bundle_zip
from voting.ledger.bundle_zip import BundleTooLarge, in_order, write_zip

FILES = {"tile/0/000.p/1": b"x", "BUNDLE.note": b"n", "a.json": b"{}", "BUNDLE.json": b"{}", "B": b""}


def test_the_list_of_files_comes_first_and_the_rest_by_the_bytes_of_its_path() -> None:
    assert in_order(FILES) == ["BUNDLE.json", "BUNDLE.note", "B", "a.json", "tile/0/000.p/1"]


def test_the_order_in_which_files_are_given_does_not_matter() -> None:
    assert write_zip(FILES) == write_zip(dict(reversed(FILES.items())))


def test_every_byte_is_as_the_format_says() -> None:
    crc, sizes, date = "9928e68f", "02000000 02000000", "0000 2100"
    local = f"504b0304 1400 0000 0000 {date} {crc} {sizes} 0100 0000"
    central = f"504b0102 1403 1400 0000 0000 {date} {crc} {sizes} 0100 0000 0000 0000 0000 0000a481 00000000"
    end = "504b0506 0000 0000 0100 0100 2f000000 21000000 0000"
    name, content = "61", "7879"

    assert write_zip({"a": b"xy"}) == bytes.fromhex(local + name + content + central + name + end)


def test_other_tools_find_the_files_dated_and_moded_as_said() -> None:
    with zipfile.ZipFile(io.BytesIO(write_zip(FILES))) as archive:
        assert {each.filename: archive.read(each) for each in archive.infolist()} == FILES
        for each in archive.infolist():
            assert (each.create_system, each.create_version, each.extract_version) == (3, 20, 20)
            assert (each.compress_type, each.flag_bits, each.extra, each.comment) == (0, 0, b"", b"")
            assert (each.date_time, each.external_attr) == ((1980, 1, 1, 0, 0, 0), 0o100644 << 16)


def test_a_path_is_ascii() -> None:
    with pytest.raises(UnicodeEncodeError):
        write_zip({"結果": b""})


def test_more_files_than_16_bits_count_are_refused() -> None:
    with pytest.raises(BundleTooLarge):
        write_zip(MappingProxyType({str(number): b"" for number in range(bundle_zip.MOST_FILES + 1)}))
