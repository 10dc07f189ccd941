"""What the demonstration's office has scanned: a sheet with the marks, plainly a sample."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import voting.documents
from voting.core.ballots import Mark, Submission

_WIDTH, _HEIGHT = 620, 877  # A4 at 75 dots an inch
_FONT = Path(voting.documents.__file__).parent / "fonts" / "BIZUDPGothic-Regular.ttf"
_MARKS = {Mark.FOR: (True, False), Mark.AGAINST: (False, True), Mark.BOTH: (True, True)}


def scan_of(sent: Submission, *, serial: str) -> bytes:
    """A PNG of the sheet that *sent* stands for."""
    sheet = Image.new("L", (_WIDTH, _HEIGHT), 250)
    pen = ImageDraw.Draw(sheet)
    title = "委任状(見本)" if sent.proxy else "書面表決書(見本)"
    pen.text((_WIDTH / 2, 70), title, font=_font(30), fill=20, anchor="mm")
    pen.text((70, 130), f"会員番号 {sent.member_id}", font=_font(20), fill=20)
    if sent.proxy:
        pen.text((70, 200), "すべての議案についての表決を、議長に委任します。", font=_font(20), fill=20)
    top = 240
    for number, choice in sent.choices.items():
        pen.rectangle((70, top, _WIDTH - 70, top + 70), outline=20, width=2)
        pen.text((90, top + 35), f"第{number}号議案", font=_font(20), fill=20, anchor="lm")
        marks = (False, False) if isinstance(choice, tuple | Mapping) else _MARKS.get(choice, (False, False))
        for place, (word, is_marked) in enumerate(zip(("賛成", "反対"), marks, strict=True)):
            centre = (330 + 150 * place, top + 35)
            pen.text(centre, word, font=_font(20), fill=20, anchor="mm")
            if is_marked:
                pen.ellipse(
                    (centre[0] - 38, centre[1] - 28, centre[0] + 38, centre[1] + 28), outline=0, width=4
                )
        top += 90
    pen.text((_WIDTH - 70, _HEIGHT - 60), f"整理番号 {serial}", font=_font(16), fill=60, anchor="rm")
    made = BytesIO()
    sheet.save(made, "PNG")
    return made.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), size)
