"""How long papers take: a ballot form with a QR code for every member, and the editions of a result.

    python bench/papers.py [--members 1305] [--rounds 3]

Everything on one core, in one process, before any signature. The forms go into one file; beside them, in the
same run, the same number of pages of plain reportlab text of about the same length (no tags, one embedded
font), alone and with a default ``segno`` code drawn module by module by reportlab. Rounds alternate; times
are medians of processor time, so that other work on the machine is not counted (nothing here waits for a disk
or a network); memory is the most that the process ever held, fonts and all.
"""

import argparse
import io
import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator

import segno
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.documents.council import facts, facts_with_roll_call
from tests.documents.forms import FORM, members
from voting.documents.ballot_form_pdf import render_forms
from voting.documents.fontfile import FOLDER
from voting.documents.frame import LEFT, RIGHT
from voting.documents.result_pdf import render_result
from voting.documents.result_summary_pdf import render_summary

SIDE = 71.0  # points, as on the form


def plain_pages(count: int, *, with_code: bool) -> bytes:
    """The pages that a first program would make: 33 lines of text, perhaps with a code."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1)
    for member in members(count):
        canvas.setFont("Plain", 9)
        lines = (member.member_id, member.name, member.code, *TEXT)
        for place, line in enumerate(lines):
            canvas.drawString(LEFT, A4[1] - 50 - 18 * place, line)
        if with_code:
            _code(canvas, member.qr)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


TEXT = ("期限までに書面表決書の提出がない場合は、各議案に賛成の表決があったものとみなします。",) * 30


def _code(canvas: Canvas, content: str) -> None:
    matrix = segno.make(content, error="m", micro=False).matrix
    dot = SIDE / len(matrix)
    for row, modules in enumerate(matrix):
        for column, dark in enumerate(modules):
            if dark:
                x, y = RIGHT - SIDE + column * dot, 60 + SIDE - row * dot
                canvas.rect(x, y, dot, dot, stroke=0, fill=1)


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def taken(works: dict[str, Callable[[], object]], rounds: int) -> Iterator[tuple[str, float]]:
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(seconds(work))
    for name, times in found.items():
        yield name, statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=1305)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    # First of all, before anything is warm: what the command of an office waits for.
    first = seconds(lambda: render_forms(FORM, members(given.members)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{given.members} forms, fonts not loaded: {first:.2f} s, at most {peak:.0f} MB")
    pdfmetrics.registerFont(TTFont("Plain", FOLDER / "BIZUDPGothic-Regular.ttf"))
    report = facts()
    render_result(report)
    works: dict[str, Callable[[], object]] = {
        "forms": lambda: render_forms(FORM, members(given.members)),
        "plain text": lambda: plain_pages(given.members, with_code=False),
        "plain text and a default code": lambda: plain_pages(given.members, with_code=True),
    }
    medians = dict(taken(works, given.rounds))
    for name, spent in medians.items():
        page, times = spent / given.members * 1000, medians["forms"] / spent
        print(f"{name}: {spent:.2f} s, {page:.2f} ms a page; the forms take {times:.2f} times that")
    # Only here: the library of workbooks is no part of what the forms take.
    from voting.documents.result_xlsx import render_xlsx

    call = facts_with_roll_call()
    reports: dict[str, tuple[Callable[[], object], int]] = {
        "result report of three pages": (lambda: render_result(report), 30),
        "its summary": (lambda: render_summary(report), 30),
        "the same in English": (lambda: render_result(report, language="en"), 30),
        "with a roll call of 681 members": (lambda: render_result(call), 5),
        "its workbook": (lambda: render_xlsx(report), 30),
    }
    for name, (work, times) in reports.items():
        work()
        spent = statistics.median(seconds(work) for _ in range(times))
        print(f"{name}, warm: {spent * 1000:.0f} ms")


if __name__ == "__main__":
    main()
