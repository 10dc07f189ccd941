"""``python -m tests.browser.gallery OUT [SCENE ...]``: a picture of every page of the site, to be looked at.

Every role, both languages, the width of a desk (1366 pixels) and of a telephone (390), and an assembly from
its draft to the end of its term.  Files: ``OUT/SCENE-LANGUAGE/NNN-PAGE-WIDTH.png``, in their order.
"""

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import QUIET
from tests.browser.gallery import after, before, contacts, during, outside
from tests.browser.gallery.studio import studio

SCENES = {
    "door": before.the_door,
    "accounts": before.accounts,
    "members": before.members,
    "contacts": contacts.contacts,
    "draft": before.draft,
    "period": during.period,
    "desk": during.desk,
    "ballots": during.ballots,
    "closed": after.closed,
    "certified": after.certified,
    "erased": after.erased,
    "errors": outside.errors,
}
DEMO = "demo"


def play(browser: Browser, out: Path, scene: str, language: str) -> None:
    folder = out / f"{scene}-{language}"
    if scene == DEMO:
        outside.demonstration(browser, folder, language)
        return
    with studio(browser, folder, language, drafted=scene == "draft") as of:
        SCENES[scene](of)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.gallery", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "scenes", nargs="*", metavar="SCENE", choices=(*SCENES, DEMO, []), help=", ".join(SCENES)
    )
    parser.add_argument("--language", choices=("ja", "en"), action="append")
    asked = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        for scene in asked.scenes or (*SCENES, DEMO):
            for language in asked.language or ("ja", "en"):
                play(browser, asked.out, scene, language)
        browser.close()


if __name__ == "__main__":
    main()
