"""The papers that an office prints: notice, ballot forms."""

import argparse
from collections.abc import Callable
from pathlib import Path

from voting.cli.common import (
    add_assembly,
    add_officer,
    assembly_origin,
    configured,
    officer,
    text_of,
    write_private,
)
from voting.core.permissions import Officer
from voting.documents.facts_post import Way
from voting.documents.labels_pdf import SHEETS
from voting.runtime import Runtime
from voting.services.printing import (
    correction_letter,
    errata_letter,
    forms,
    handover,
    letters,
    minutes,
    post,
    proxy_forms,
)
from voting.wording.papers import PAPERS

Make = Callable[[Runtime, Officer, str, argparse.Namespace], bytes]


def add(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _translated(_paper(acts, "notice", "開催案内: the letter that calls the assembly", _notice))
    _translated(
        _paper(acts, "minutes", "議事録: the signed minutes, or their draft before anybody signed", _minutes)
    )
    _translated(_chosen(_paper(acts, "forms", "書面表決書: one page a member, in one file", _forms)))
    _post(acts)
    lists = _translated(
        _paper(acts, "errata", "正誤表: what to read instead of what, from an ERRATA.toml", _errata)
    )
    lists.add_argument(
        "--from",
        dest="source",
        type=Path,
        required=True,
        metavar="ERRATA.toml",
        help="what to read instead of what",
    )
    _translated(
        _paper(acts, "handover", "引継書: what there is, where, who has it, how to check it", _handover)
    )
    _translated(
        _paper(acts, "correction", "結果の訂正の通知: the letter on the newest correction", _correction)
    )
    _translated(_chosen(_paper(acts, "proxies", "委任状: where a clause allows proxies", _proxies)))


def _paper(
    acts: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, about: str, make: Make
) -> argparse.ArgumentParser:
    parser = acts.add_parser(name, help=about)
    add_assembly(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.pdf", help="file to be written")
    add_officer(parser)
    parser.set_defaults(run=_write, make=make)
    return parser


def _post(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Labels and covers: for members whose address the roll has."""
    labels = _chosen(_paper(acts, "labels", "宛名ラベル: addresses on sheets of labels", _labels))
    labels.add_argument("--sheet", type=int, choices=sorted(SHEETS), default=12, help="labels a sheet of A4")
    labels.add_argument(
        "--used", type=int, default=0, metavar="N", help="places that are empty already on the first sheet"
    )
    covers = _translated(
        _chosen(_paper(acts, "covers", "送付状, FAX送付状: the page on top of what is sent", _covers))
    )
    covers.add_argument("--fax", action="store_true", help="for fax, to the number in the roll")
    covers.add_argument("--pages", type=int, metavar="N", help="sheets of the fax, this one included")
    for parser in (labels, covers):
        parser.add_argument(
            "--leave-out",
            action="store_true",
            help="make the others' where the roll lacks an address, and list who was left out",
        )


def _chosen(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument(
        "--member", action="append", default=[], metavar="NUMBER", help="only this member; several times"
    )
    parser.add_argument("--unmailed", action="store_true", help="only members without any mail address")
    return parser


def _translated(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument(
        "--language",
        choices=sorted(PAPERS),
        default="ja",
        help="en: a translation for reading; the Japanese paper prevails",
    )
    return parser


def _write(given: argparse.Namespace) -> None:
    rt = configured()
    make: Make = given.make
    content = make(rt, officer(rt, given), assembly_origin(rt, given), given)
    write_private(given.out, content)
    print(f"書き出しました: {given.out}")


def _notice(rt: Runtime, who: Officer, origin: str, given: argparse.Namespace) -> bytes:
    return letters.notice(rt, who, origin, language=given.language)


def _forms(rt: Runtime, who: Officer, origin: str, given: argparse.Namespace) -> bytes:
    return forms.ballot_forms(
        rt, who, origin, members=given.member, unmailed=given.unmailed, language=given.language
    )


def _minutes(rt: Runtime, who: Officer, origin: str, given: argparse.Namespace) -> bytes:
    return minutes.minutes(rt, who, origin, language=given.language)


def _proxies(rt: Runtime, who: Officer, origin: str, given: argparse.Namespace) -> bytes:
    return proxy_forms.proxy_forms(
        rt, who, origin, members=given.member, unmailed=given.unmailed, language=given.language
    )


def _labels(rt: Runtime, who: Officer, origin: str, given: argparse.Namespace) -> bytes:
    made = post.labels(rt, who, origin, _asked(given), sheet=given.sheet, used=given.used)
    return _told(made)


def _covers(rt: Runtime, who: Officer, origin: str, given: argparse.Namespace) -> bytes:
    way = Way.FAX if given.fax else Way.POST
    made = post.covers(rt, who, origin, _asked(given), way=way, pages=given.pages, language=given.language)
    return _told(made)


def _asked(given: argparse.Namespace) -> post.Asked:
    return post.Asked(tuple(given.member), unmailed=given.unmailed, leave_out=given.leave_out)


def _told(made: post.Made) -> bytes:
    """The paper, once it is said who is not in it."""
    for each in made.left_out:
        print(f"作っていません: {each.line}")
    return made.pdf


def _errata(rt: Runtime, who: Officer, origin: str, given: argparse.Namespace) -> bytes:
    return errata_letter.errata_letter(rt, who, origin, text_of(given.source), language=given.language)


def _correction(rt: Runtime, who: Officer, origin: str, given: argparse.Namespace) -> bytes:
    return correction_letter.correction_letter(rt, who, origin, language=given.language)


def _handover(rt: Runtime, who: Officer, origin: str, given: argparse.Namespace) -> bytes:
    return handover.handover(rt, who, origin, language=given.language)
