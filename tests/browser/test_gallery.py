"""The tool that takes a picture of every page leaves pictures, of what each visitor sees."""

import struct
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.gallery.__main__ import DEMO, SCENES, play


def width(picture: Path) -> int:
    """The width that a PNG says of itself.  Source: PNG specification, IHDR."""
    return int(struct.unpack(">I", picture.read_bytes()[16:20])[0])


def test_a_scene_leaves_each_page_once_at_the_width_of_a_desk_and_of_a_telephone(
    chromium: Browser, tmp_path: Path
) -> None:
    play(chromium, tmp_path, "door", "ja")

    pictures = sorted(each.name for each in (tmp_path / "door-ja").iterdir())
    stems = {each.rpartition("-")[0] for each in pictures}
    assert pictures == sorted(f"{stem}-{size}.png" for stem in stems for size in (1366, 390))
    assert {stem[4:] for stem in stems} >= {"office_sign-in", "sign-in-wrong", "enrol", "second-factor-empty"}
    for each in pictures:
        assert width(tmp_path / "door-ja" / each) == int(each.removesuffix(".png").rpartition("-")[2])


def test_no_scene_is_called_as_the_demonstration() -> None:
    assert DEMO not in SCENES
