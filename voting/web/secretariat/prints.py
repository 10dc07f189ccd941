"""The papers that an office prints, each made anew whenever it is asked for.

A page for each paper has the choices that there are, and says how many sheets come; the file stands behind
the same choices.  Nothing is kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from flask import Response, abort, make_response

from voting.core.errors import Refusal
from voting.core.letterhead import PaperKind
from voting.core.permissions import Act, Officer
from voting.i18n import sentence
from voting.runtime import Runtime
from voting.services.printing import (
    correction_letter,
    extents,
    forms,
    handover,
    letterheads,
    letters,
    minutes,
    post,
    proxy_forms,
)
from voting.services.printing.extents import Extent, Possible
from voting.services.stages import assembly_line
from voting.web import downloads
from voting.web.access import access
from voting.web.languages import N_, language
from voting.web.office import assembly_origin, page, who
from voting.web.secretariat import print_choices
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, refused
from voting.web.secretariat.print_choices import UNANSWERED, Choice, choice
from voting.web.site import site

_MEMBERS = ("whose", "members")
# What the choices can mend; anything else is a page of its own.
_FIELDS = {
    "names-not-opened": "whose",
    "everybody-answered": "whose",
    "nobody-for-paper": "whose",
    "not-on-roll-for-paper": "members",
    "no-such-place": "used",
}


@dataclass(frozen=True, slots=True)
class Print:
    """A paper on offer.

    Shape   ``label`` and ``hint`` are sentences of the catalogue; ``asks`` the choices there are; ``missing``
            what keeps it from being made; ``extent`` None where it is one letter; ``head`` where it has a
            number and a date of its own.
    """

    label: str
    hint: str
    make: Callable[[Runtime, Officer, str, Choice], bytes]
    asks: tuple[str, ...] = ()
    missing: Callable[[Possible], Refusal | None] = lambda possible: possible.at_all
    extent: Callable[[Runtime, Officer, str, Choice], Extent] | None = None
    head: PaperKind | None = None


def _asked(rt: Runtime, who: Officer, origin: str, made: Choice) -> post.Asked:
    silent = extents.unanswered(rt, who, origin) if made.whose == UNANSWERED else ()
    return made.asked(silent)


def _page_each(rt: Runtime, who: Officer, origin: str, made: Choice) -> Extent:
    return extents.page_each(rt, who, origin, _asked(rt, who, origin, made))


def _forms(rt: Runtime, who: Officer, origin: str, made: Choice) -> bytes:
    asked = _asked(rt, who, origin, made)
    return forms.ballot_forms(
        rt, who, origin, members=asked.members, unmailed=asked.unmailed, language=made.language
    )


def _proxies(rt: Runtime, who: Officer, origin: str, made: Choice) -> bytes:
    asked = _asked(rt, who, origin, made)
    return proxy_forms.proxy_forms(
        rt, who, origin, members=asked.members, unmailed=asked.unmailed, language=made.language
    )


def _labels(rt: Runtime, who: Officer, origin: str, made: Choice) -> bytes:
    asked = _asked(rt, who, origin, made)
    return post.labels(rt, who, origin, asked, sheet=made.sheet, used=made.used).pdf


def _labels_extent(rt: Runtime, who: Officer, origin: str, made: Choice) -> Extent:
    asked = _asked(rt, who, origin, made)
    return extents.labels(rt, who, origin, asked, sheet=made.sheet, used=made.used)


def _covers(rt: Runtime, who: Officer, origin: str, made: Choice) -> bytes:
    asked = _asked(rt, who, origin, made)
    return post.covers(rt, who, origin, asked, way=made.way, pages=made.pages, language=made.language).pdf


def _covers_extent(rt: Runtime, who: Officer, origin: str, made: Choice) -> Extent:
    return extents.covers(rt, who, origin, _asked(rt, who, origin, made), fax=made.way is post.Way.FAX)


PRINTS: Mapping[str, Print] = MappingProxyType(
    {
        "notice": Print(
            N_("開催案内"),
            N_("会員に総会を知らせる通知です。"),
            lambda rt, who, origin, made: letters.notice(rt, who, origin, language=made.language),
            ("language",),
            head=PaperKind.NOTICE,
        ),
        "forms": Print(
            N_("書面表決書"),
            N_("会員ごとに一枚、一つのファイルに作ります。"),
            _forms,
            (*_MEMBERS, "language"),
            extent=_page_each,
        ),
        "proxies": Print(
            N_("委任状"),
            N_("委任を認める規約の条項を、書類の設定に書いたときに作れます。"),
            _proxies,
            (*_MEMBERS, "language"),
            missing=lambda possible: possible.proxies,
            extent=_page_each,
        ),
        "labels": Print(
            N_("宛名ラベル"),
            N_("封筒に貼る宛名です。今の会員名簿の郵便番号と住所から作ります。"),
            _labels,
            (*_MEMBERS, "sheet", "used", "leave_out"),
            extent=_labels_extent,
        ),
        "covers": Print(
            N_("送付状・FAX送付状"),
            N_("送る書類の一番上に置く一枚です。窓あき封筒の宛名にもなります。"),
            _covers,
            (*_MEMBERS, "way", "pages", "leave_out", "language"),
            extent=_covers_extent,
        ),
        "minutes": Print(
            N_("議事録"),
            N_("署名の前は「案」と付きます。署名の後は、署名済みのものをそのまま渡します。"),
            lambda rt, who, origin, made: minutes.minutes(rt, who, origin, language=made.language),
            ("language",),
            head=PaperKind.MINUTES,
            missing=lambda possible: possible.minutes,
        ),
        "correction": Print(
            N_("結果の訂正の通知"),
            N_("訂正した結果を公表した後、会員に送る通知です。前の版と訂正版の数を並べます。"),
            lambda rt, who, origin, made: correction_letter.correction_letter(
                rt, who, origin, language=made.language
            ),
            ("language",),
            missing=lambda possible: possible.correction,
            head=PaperKind.CORRECTION,
        ),
        "handover": Print(
            N_("引継書"),
            N_("総会のもの全ての所在、確かめ方、保存期間の一覧です。後任者や監事に渡します。"),
            lambda rt, who, origin, made: handover.handover(rt, who, origin, language=made.language),
            ("language",),
        ),
    }
)


@secretariat.get("/a/<body>/<assembly>/prints")
@access(Act.READ_ROLL)
def prints(body: str, assembly: str) -> str:
    rt, origin = site().rt, assembly_origin(body, assembly)
    can = extents.possible(rt, who(), origin)
    missing = {name: _said(each.missing(can)) for name, each in PRINTS.items()}
    return page(
        "secretariat/prints/list.html",
        assembly=assembly_line(rt, origin),
        prints=PRINTS,
        missing=missing,
        no_errata=_said(can.at_all),
    )


@secretariat.get("/a/<body>/<assembly>/prints/<paper>")
@access(Act.READ_ROLL)
def choose_print(body: str, assembly: str, paper: str) -> Response:
    """The choices of a paper, and how much comes out."""
    return _choices(body, assembly, paper)


@secretariat.get("/a/<body>/<assembly>/prints/<paper>.pdf")
@access(Act.READ_ROLL)
def print_paper(body: str, assembly: str, paper: str) -> Response:
    """The paper, as a file to be saved; what is missing for it is said on a page."""
    wanted = _wanted(paper)
    made = choice(wanted.asks)
    if made.faults:
        return _choices(body, assembly, paper)
    content = wanted.make(site().rt, who(), assembly_origin(body, assembly), made)
    ending = "" if made.language == "ja" else f"-{made.language}"
    return downloads.paper(content, f"{body}-{assembly}-{paper}{ending}.pdf")


def _choices(body: str, assembly: str, paper: str) -> Response:
    wanted, rt, origin = _wanted(paper), site().rt, assembly_origin(body, assembly)
    made = choice(wanted.asks)
    missing = wanted.missing(extents.possible(rt, who(), origin))
    extent = None
    if missing is None and wanted.extent is not None and not made.faults:
        try:
            extent = wanted.extent(rt, who(), origin, made)
        except Refusal as refusal:
            made = replace(made, faults=(_fault(refusal),))
    shown = page(
        "secretariat/prints/one.html",
        assembly=assembly_line(rt, origin),
        name=paper,
        paper=wanted,
        choice=made,
        missing=_said(missing),
        blanks=letterheads.blanks(rt, who(), origin, wanted.head) if wanted.head else (),
        extent=extent,
        is_blocked=extent is not None and bool(extent.left_out) and not (made.leave_out and extent.members),
        options=print_choices,
        faults=made.faults,
    )
    # A page that nobody has chosen on yet says what is missing, and is no mistake of anybody's.
    return make_response(shown, 422 if made.faults and made.query else 200)


def _wanted(paper: str) -> Print:
    found = PRINTS.get(paper)
    if found is None:
        abort(404)
    return found


def _fault(refusal: Refusal) -> Fault:
    if refusal.code not in _FIELDS:
        raise refusal
    return refused(_FIELDS[refusal.code], refusal)


def _said(refusal: Refusal | None) -> str:
    return "" if refusal is None else sentence(refusal, language())
