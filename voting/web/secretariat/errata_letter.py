"""正誤表 from a form: what is misprinted where, made into the letter; nothing of it is kept."""

from dataclasses import dataclass

from flask import make_response, request
from werkzeug.wrappers import Response

from voting.core.permissions import TWO_PERSONS, Act
from voting.services.period import amendment_pages
from voting.services.printing import errata_letter as verbs
from voting.sheets.assembly_wording import fault_text
from voting.sheets.errata_form import Row, errata_source
from voting.sheets.errata_toml import ErrataFaults
from voting.sheets.toml_reading import TomlFault
from voting.web import downloads
from voting.web.access import access
from voting.web.languages import N_, say
from voting.web.office import assembly_origin, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, text
from voting.web.secretariat.print_choices import LANGUAGES
from voting.web.site import site
from voting.wording.papers import PAPERS

_ROWS, _MOST = 4, 60
# A letter of the browser's form takes nine bytes: sixty rows of a hundred and fifty each, and more.
_LARGEST_FORM = 300_000  # bytes
_FAULTS = {
    "text-missing": N_("空欄です。入力してください。"),
    "erratum-alike": N_("「誤」と「正」が同じです。"),
    "toml-control": N_("印刷も保存もできない文字(制御文字)が含まれています。入力し直してください。"),
    "toml-no-day": N_("日付を 2026-06-18 の形で入力してください。"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was filled in.  Shape: ``rows`` as (paper, place, wrong, right)."""

    reason: str
    number: str
    date: str
    language: str
    rows: tuple[tuple[str, str, str, str], ...]


@secretariat.get("/a/<body>/<assembly>/errata-letter")
@access(Act.READ_ROLL)
def errata_letter(body: str, assembly: str) -> Response:
    return _page(body, assembly, Typed("", "", "", "ja", (("", "", "", ""),) * _ROWS))


@secretariat.post("/a/<body>/<assembly>/errata-letter")
@access(Act.READ_ROLL, largest=_LARGEST_FORM)
def make_errata_letter(body: str, assembly: str) -> Response:
    """The letter as a file; or the form once more, with more rows or with what is wrong."""
    origin, typed = assembly_origin(body, assembly), _typed()
    if text("then") == "more":
        more = (*typed.rows, *((("", "", "", ""),) * _ROWS))[:_MOST]
        return _page(body, assembly, Typed(typed.reason, typed.number, typed.date, typed.language, more))
    papers = verbs.papers(site().rt, who(), origin)
    rows = [_row(papers.find(paper), place, wrong, right) for paper, place, wrong, right in typed.rows]
    filled = [at for at, row in enumerate(rows) if not row.is_blank]
    if not filled:
        return _page(body, assembly, typed, fault("row.1.place", N_("誤りを一つ以上入力してください。")))
    unknown = [at for at in filled if papers.find(typed.rows[at][0]) is None]
    if unknown:
        # Where there is but one paper, a row without one would be read as about that one.
        said = N_("資料を選んでください。")
        return _page(body, assembly, typed, *(fault(f"row.{at + 1}.paper", said) for at in unknown))
    source = errata_source(typed.reason, typed.number, typed.date, [rows[at] for at in filled])
    try:
        content = verbs.errata_letter(site().rt, who(), origin, source, language=typed.language)
    except ErrataFaults as refusal:
        return _page(body, assembly, typed, *(_told(each, filled) for each in refusal.faults))
    ending = "" if typed.language == "ja" else f"-{typed.language}"
    return downloads.paper(content, f"{body}-{assembly}-errata{ending}.pdf")


def _typed() -> Typed:
    count = min(len(request.form.getlist("place")), _MOST)
    columns = [request.form.getlist(name)[:count] for name in ("paper", "place", "wrong", "right")]
    rows = tuple(tuple(cell.strip() for cell in row) for row in zip(*columns, strict=False))
    language = text("language")
    return Typed(
        reason=text("reason"),
        number=text("number"),
        date=text("date"),
        language=language if language in PAPERS else "ja",
        rows=tuple((each[0], each[1], each[2], each[3]) for each in rows) or (("", "", "", ""),) * _ROWS,
    )


def _row(paper: verbs.Paper | None, place: str, wrong: str, right: str) -> Row:
    if paper is None:
        return Row(None, "", place, wrong, right)
    return Row(paper.motion, paper.name, place, wrong, right)


def _told(found: TomlFault, filled: list[int]) -> Fault:
    """A fault beside its field: the rows of the file are those of the form that are not blank."""
    said = say(_FAULTS[found.code]) if found.code in _FAULTS else fault_text(found)
    table, _, rest = found.place.partition(".")
    if table != "row" or not rest:
        return Fault(found.place or "reason", said)
    number, _, key = rest.partition(".")
    key = "paper" if key in ("motion", "document") else key
    return Fault(f"row.{filled[int(number) - 1] + 1}.{key}", said)


def _may_propose(body: str, assembly: str) -> bool:
    if who().role not in TWO_PERSONS[Act.AMEND].first:
        return False
    return amendment_pages.amendable(site().rt, who(), assembly_origin(body, assembly)).is_possible


def _page(body: str, assembly: str, typed: Typed, *faults: Fault) -> Response:
    shown = verbs.papers(site().rt, who(), assembly_origin(body, assembly))
    text_of_page = page(
        "secretariat/prints/errata.html",
        assembly=shown.assembly,
        papers=shown.papers,
        typed=typed,
        languages=LANGUAGES,
        most=_MOST,
        may_propose=_may_propose(body, assembly),
        faults=faults,
    )
    return make_response(text_of_page, 422 if faults else 200)
