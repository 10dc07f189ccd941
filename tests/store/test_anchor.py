"""The anchor: what a restored backup cannot turn back."""

import os

import pytest

from voting.core.errors import Broken
from voting.store.anchor import AnchorMissing, Anchors

ORIGIN = "vote.example.or.jp/council/2026-06"
NOTE = "vote.example.or.jp/council/2026-06\n1\n…\n".encode()
LATER = NOTE.replace(b"\n1\n", b"\n2\n")


@pytest.fixture
def anchors(tmp_path):
    made = Anchors(tmp_path)
    made.create(ORIGIN)
    return made


def test_a_new_anchor_is_there_and_empty(anchors):
    assert anchors.read(ORIGIN) == b""


def test_what_was_swapped_in_last_is_read(anchors):
    anchors.swap(ORIGIN, NOTE)
    anchors.swap(ORIGIN, LATER)

    assert anchors.read(ORIGIN) == LATER


def test_a_missing_anchor_is_an_error_and_no_fresh_start(tmp_path):
    anchors = Anchors(tmp_path)

    with pytest.raises(AnchorMissing) as refused:
        anchors.read(ORIGIN)
    with pytest.raises(AnchorMissing):
        anchors.swap(ORIGIN, NOTE)

    assert (refused.value.origin, refused.value.folder) == (ORIGIN, str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_mounted_is_an_error(tmp_path):
    with pytest.raises(AnchorMissing):
        Anchors(tmp_path / "not-mounted").read(ORIGIN)


def test_an_anchor_is_created_once(anchors):
    anchors.swap(ORIGIN, NOTE)

    with pytest.raises(Broken):
        anchors.create(ORIGIN)

    assert anchors.read(ORIGIN) == NOTE


def test_each_ledger_has_its_own_file_and_none_leaves_the_folder(tmp_path):
    anchors = Anchors(tmp_path)
    names = [ORIGIN, ORIGIN + "-2", ORIGIN.replace("/", "."), "host/../../up", "host/a.checkpoint"]
    for name in names:
        anchors.create(name)
        anchors.swap(name, f"{name}\n".encode())

    assert [anchors.read(name) for name in names] == [f"{name}\n".encode() for name in names]
    assert len(list(tmp_path.iterdir())) == len(names)


@pytest.mark.parametrize("swaps", [0, 1, 2, 3])
def test_a_swap_cut_short_anywhere_leaves_the_old_note_or_the_new_one_and_hinders_nobody(
    anchors, tmp_path, swaps
):
    notes = [b"", *(NOTE.replace(b"\n1\n", b"\n%d\n" % size) for size in range(1, 6))]
    for note in notes[1 : swaps + 1]:
        anchors.swap(ORIGIN, note)
    (file,) = tmp_path.iterdir()
    before = file.read_bytes()
    anchors.swap(ORIGIN, notes[swaps + 1])
    after = file.read_bytes()

    assert len(before) == len(after)
    # From the front, from the back: what of a write reaches the disk first is the disk's business.
    torn = {after[:cut] + before[cut:] for cut in range(len(after) + 1)}
    torn |= {before[:cut] + after[cut:] for cut in range(len(after) + 1)}
    for content in sorted(torn):
        file.write_bytes(content)
        assert anchors.read(ORIGIN) in (notes[swaps], notes[swaps + 1])
        anchors.swap(ORIGIN, notes[swaps + 2])
        assert anchors.read(ORIGIN) == notes[swaps + 2]
    assert len(torn) > len(NOTE)


def test_an_anchor_of_which_nothing_is_whole_is_no_fresh_start(anchors, tmp_path):
    anchors.swap(ORIGIN, NOTE)
    (file,) = tmp_path.iterdir()
    for rubbish in (b"", NOTE, b"\0" * 8192, file.read_bytes().replace(b"1", b"2")):
        file.write_bytes(rubbish)

        with pytest.raises(Broken):
            anchors.read(ORIGIN)
        with pytest.raises(Broken):
            anchors.swap(ORIGIN, LATER)


def test_a_note_too_long_for_the_anchor_is_refused_and_the_present_one_stays(anchors):
    anchors.swap(ORIGIN, NOTE)

    with pytest.raises(Broken):
        anchors.swap(ORIGIN, b"x" * 5000 + b"\n")

    assert anchors.read(ORIGIN) == NOTE


def test_a_swap_is_on_the_disk_before_it_returns(anchors, tmp_path, monkeypatch):
    # The operating system is watched, not replaced: nothing less shows that a flush was asked for.
    (file,) = tmp_path.iterdir()
    flushed = []
    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(os, name, _watched(getattr(os, name), file, flushed))

    anchors.swap(ORIGIN, NOTE)

    assert flushed == [file.read_bytes()]
    assert NOTE in flushed[0]


def _watched(flush, file, flushed):
    def watched(handle):
        flush(handle)
        if os.path.samestat(os.fstat(handle), file.stat()):
            flushed.append(file.read_bytes())

    return watched


def test_only_the_owner_reads_an_anchor(anchors, tmp_path):
    anchors.swap(ORIGIN, NOTE)

    assert [each.stat().st_mode & 0o777 for each in tmp_path.iterdir()] == [0o600]


def test_an_anchor_put_in_the_place_of_another_is_the_one_that_is_read_and_written(anchors, tmp_path):
    anchors.swap(ORIGIN, NOTE)
    (file,) = tmp_path.iterdir()
    other = tmp_path / "other"
    other.mkdir()
    kept = Anchors(other)
    kept.create(ORIGIN)
    os.replace(other / file.name, file)

    assert anchors.read(ORIGIN) == b""
    anchors.swap(ORIGIN, LATER)
    assert Anchors(tmp_path).read(ORIGIN) == LATER


def test_an_anchor_taken_away_after_it_was_read_is_missing(anchors, tmp_path):
    anchors.swap(ORIGIN, NOTE)
    (file,) = tmp_path.iterdir()
    file.unlink()

    with pytest.raises(AnchorMissing):
        anchors.read(ORIGIN)
    with pytest.raises(AnchorMissing):
        anchors.swap(ORIGIN, LATER)
