"""Pictures of pages at the width of a desk and of a telephone, each page once."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

SIZES = ((1366, 768), (390, 844))
# Whatever may be opened is open: what is folded away is looked at as well.
_UNFOLD = "all => all.forEach(each => each.open = true)"
_TEXT = "[...document.querySelectorAll('main, .told')].map(each => each.innerText).join()"
_LONGEST_NAME = 80


@dataclass
class Camera:
    """Takes the open page of *page* into *folder*; what says the same as one taken before is passed over."""

    page: Page
    folder: Path
    taken: set[str] = field(default_factory=set)

    def take(self, name: str) -> bool:
        """Whether the page was new.  Files: ``NAME-1366.png`` and ``NAME-390.png``."""
        text = str(self.page.evaluate(_TEXT))
        if text in self.taken:
            return False
        self.taken.add(text)
        self.page.locator("details").evaluate_all(_UNFOLD)
        stem = f"{len(self.taken):03d}-{_file_name(name)}"
        for width, height in SIZES:
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.screenshot(path=self.folder / f"{stem}-{width}.png", full_page=True)
        self.page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
        return True


def _file_name(name: str) -> str:
    return "".join(each if each.isalnum() or each in "-." else "_" for each in name).strip("_")[
        :_LONGEST_NAME
    ]
