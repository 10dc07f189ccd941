"""Writes every paper and every workbook into a folder, each page as an image: to be looked at.

    python -m tests.documents.gallery OUT [--only form] [--dpi 70]

A workbook becomes pages where LibreOffice is there (``soffice``); without it the workbook alone is written.
"""

import argparse
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from tests.documents.gallery_papers import papers, workbooks

_ACROSS = 4  # pages side by side on a sheet of contacts


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="names that begin with this")
    parser.add_argument("--dpi", type=int, default=70)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    made = [*write(papers(), given.out, given.only, "pdf")]
    made += printed([*write(workbooks(), given.out, given.only, "xlsx")])
    for pdf in made:
        pages = shown(pdf, given.dpi)
        contacts(pages, pdf.with_suffix(".png"))
        print(f"{pdf.stem}: {len(pages)} pages")


def write(
    found: Iterator[tuple[str, Callable[[], bytes]]], out: Path, only: str, suffix: str
) -> Iterator[Path]:
    for name, make in found:
        if name.startswith(only):
            file = out / f"{name}.{suffix}"
            file.write_bytes(make())
            yield file


def printed(books: list[Path]) -> list[Path]:
    """The workbooks as a spreadsheet program prints them."""
    program = shutil.which("soffice")
    if program is None or not books:
        return []
    out = books[0].parent / "books"
    command = [program, "--headless", "--convert-to", "pdf", "--outdir", str(out), *map(str, books)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [out / f"{book.stem}.pdf" for book in books]


def shown(pdf: Path, dpi: int) -> list[Path]:
    """Each page as an image."""
    folder = pdf.with_suffix("")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(folder / "page")], check=True)
    return sorted(folder.glob("*.png"))


def contacts(pages: list[Path], out: Path) -> None:
    """All pages beside each other."""
    images = [Image.open(page).convert("RGB") for page in pages]
    width, height = max(each.width for each in images) + 6, max(each.height for each in images) + 6
    across = min(_ACROSS, len(images))
    sheet = Image.new("RGB", (width * across, height * -(-len(images) // across)), "#888888")
    for at, image in enumerate(images):
        sheet.paste(image, (at % across * width, at // across * height))
    sheet.save(out)


if __name__ == "__main__":
    main()
