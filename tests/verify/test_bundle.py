"""Only a zip that is byte for byte the one we write is read; anything else is unreadable or reported."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest

from tests.verify.conftest import Council
from tests.verify.forge import check, failed
from voting.ledger.bundle_files import signed
from voting.ledger.bundle_zip import (
    MANIFEST,
    MANIFEST_NOTE,
    central_header,
    end_record,
    in_order,
    local_header,
    write_zip,
)
from voting.ledger.canonical import encode
from voting.verify.bundle import read_bundle
from voting.verify.findings import Unreadable


def files(council: Council) -> dict[str, bytes]:
    bundle = read_bundle(council.public)
    return {path: bundle.read(path) or b"" for path in bundle.spans}


def zipped(entries: list[tuple[str, bytes]]) -> bytes:
    """Our own form, with files in any order and as often as one likes."""
    parts, directory, offset = [], [], 0
    for path, data in entries:
        header = local_header(path, zlib.crc32(data), len(data))
        directory.append(central_header(path, zlib.crc32(data), len(data), offset))
        parts += [header, data]
        offset += len(header) + len(data)
    central = b"".join(directory)
    return b"".join((*parts, central, end_record(len(entries), len(central), offset)))


def test_what_was_written_is_read_back(council: Council) -> None:
    assert write_zip(files(council)) == council.public


def test_other_tools_read_the_bundle_as_well(council: Council) -> None:
    with zipfile.ZipFile(io.BytesIO(council.public)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[:2] == [MANIFEST, MANIFEST_NOTE]
        assert {each.external_attr >> 16 for each in archive.infolist()} == {0o100644}
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def compressed(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            new.writestr(each.filename, old.read(each))
    return buffer.getvalue()


def commented(data: bytes) -> bytes:
    return data[:-2] + struct.pack("<H", 2) + b"hi"


UNREADABLE: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda data: b"",
    "no zip": lambda data: b"x" * 400,
    "something before": lambda data: b"#!/bin/sh\n" + data,
    "something after": lambda data: data + b"\n",
    "a comment": commented,
    "another packing": compressed,
    "cut off": lambda data: data[:-30],
    "a directory entry": lambda data: zipped([("documents/", b"")]),
    "a path upwards": lambda data: zipped([("../x", b"")]),
    "an absolute path": lambda data: zipped([("/x", b"")]),
    "a path with a backslash": lambda data: zipped([("a\\b", b"")]),
    "more files than it has": lambda data: data[:-14] + b"\xff\xff\xff\xff" + data[-10:],
    "an empty zip": lambda data: zipped([]),
}


@pytest.mark.parametrize("spoil", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_such_zip_is_unreadable(council: Council, spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Unreadable):
        read_bundle(spoil(council.public))


def test_a_file_that_stands_twice_is_reported(council: Council) -> None:
    whole = files(council)
    entries = [(path, whole[path]) for path in in_order(whole)]

    assert failed(check(zipped([*entries[:4], entries[3], *entries[4:]]), council.held)) == {1}


def test_files_in_another_order_are_reported(council: Council) -> None:
    whole = files(council)
    entries = [(path, whole[path]) for path in in_order(whole)]
    entries[4], entries[5] = entries[5], entries[4]

    assert failed(check(zipped(entries), council.held)) == {1}


def test_a_damaged_file_is_reported(council: Council) -> None:
    place = council.public.index(b'"result_sha256"')
    data = bytearray(council.public)
    data[place + 20] ^= 1

    assert 1 in failed(check(bytes(data), council.held))


def test_a_file_that_is_not_listed_is_reported(council: Council) -> None:
    whole = {**files(council), "dockets/" + "0" * 64: b""}

    assert 1 in failed(check(write_zip(whole), council.held))


def test_a_listed_file_that_is_not_there_is_reported(council: Council) -> None:
    whole = files(council)
    del whole["delivery.jsonl"]

    assert 1 in failed(check(write_zip(whole), council.held))


def test_a_file_of_another_hash_than_listed_is_reported(council: Council) -> None:
    whole = {**files(council), "delivery.jsonl": b"\n"}

    assert 1 in failed(check(write_zip(whole), council.held))


@pytest.mark.parametrize(
    "change",
    [
        {"format": "voting-bundle/2"},
        {"audience": "press"},
        {"log": 1},
        {"files": []},
        {"files": {"docket.json": "0"}},
        {"more": 1},
    ],
)
def test_a_list_of_files_of_another_form_is_unreadable(council: Council, change: dict[str, object]) -> None:
    plain = {path: data for path, data in files(council).items() if path not in (MANIFEST, MANIFEST_NOTE)}
    manifest = {"audience": "public", "files": {}, "format": "voting-bundle/1", "log": "x", **change}
    whole = {**signed(plain, "x", "public", council.signer), MANIFEST: encode(manifest)}

    with pytest.raises(Unreadable):
        read_bundle(write_zip(whole))
