"""Scans for tests: small pictures, each with other bytes, and the PDFs that scanners and fax servers make."""

import struct
import zlib
from io import BytesIO

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas


def png(text: str) -> bytes:
    """A picture of one dot that says *text* where nobody sees it."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"tEXt", b"Comment\0" + text.encode()), (b"IDAT", zlib.compress(b"\0\xff"))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in [*parts, (b"IEND", b"")])


def page(text: str, *, size: tuple[int, int] = (620, 877)) -> Image.Image:
    """A sheet with some words on it, as a scanner sees it."""
    sheet = Image.new("L", size, 255)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((40, 40, size[0] - 40, size[1] - 40), outline=0, width=3)
    pen.text((80, 100), text, fill=0, font=ImageFont.load_default(28))
    return sheet


def jpeg(text: str) -> bytes:
    made = BytesIO()
    page(text).save(made, "JPEG", quality=70)
    return made.getvalue()


def scanned_pdf(*texts: str) -> bytes:
    """A PDF as scanners make it: every page one picture."""
    made = BytesIO()
    first, *rest = [page(text) for text in texts]
    first.save(made, "PDF", save_all=True, append_images=rest)
    return made.getvalue()


def overwritten_pdf(text: str, over: str) -> bytes:
    """A scan with a text painted over it, which the picture alone does not show."""
    with pikepdf.open(BytesIO(scanned_pdf(text))) as pdf:
        on_top = BytesIO()
        canvas = Canvas(on_top, pagesize=(446, 631))
        canvas.drawString(60, 60, over)
        canvas.save()
        with pikepdf.open(BytesIO(on_top.getvalue())) as overlay:
            pdf.pages[0].add_overlay(overlay.pages[0])
            made = BytesIO()
            pdf.save(made)
    return made.getvalue()


def locked_pdf(text: str) -> bytes:
    """A scan that asks for a password."""
    made = BytesIO()
    with pikepdf.open(BytesIO(scanned_pdf(text))) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return made.getvalue()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
