"""What a reader gets out of a PDF: the text as poppler extracts it, by its own reading of the file."""

import subprocess
from pathlib import Path


def text_of(pdf: bytes, folder: Path) -> str:
    """All text of *pdf* in the order of the page's lines."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def squeezed(text: str) -> str:
    """*text* without spaces and line ends: where a line is broken is the paper's affair."""
    return "".join(text.split())
