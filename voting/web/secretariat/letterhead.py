"""The settings of an assembly's papers: who writes, under which number, how figures are set."""

from flask import Response as Download
from flask import abort, make_response, request
from werkzeug.wrappers import Response

from voting.core.permissions import ALLOWED, Act
from voting.services.drafting.drafts import EditedMeanwhile
from voting.services.printing import letterhead_pages as verbs
from voting.services.printing.letterheads import ProxiesFixed
from voting.sheets.letterhead_form import PARTS, Kind, field_at
from voting.sheets.letterhead_toml import LetterheadFaults
from voting.web import downloads
from voting.web.access import access
from voting.web.languages import N_
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, refused, text
from voting.web.secretariat.letterhead_words import GROUPS, HINTS, LABELS, OPTIONS, PART_LABELS, told
from voting.web.site import site

_LONGEST = 5  # digits of a version


def _address(body: str, assembly: str) -> str:
    return f"/office/a/{body}/{assembly}/letterhead"


@secretariat.get("/a/<body>/<assembly>/letterhead")
@access(Act.READ_ROLL)
def letterhead(body: str, assembly: str) -> str:
    """The parts of the settings, and every one that was set."""
    shown = verbs.overview(site().rt, who(), assembly_origin(body, assembly))
    return page(
        "secretariat/prints/letterhead.html",
        assembly=shown.assembly,
        shown=shown,
        parts_of=PART_LABELS,
        may_edit=who().role in ALLOWED[Act.DRAFT],
    )


@secretariat.get("/a/<body>/<assembly>/letterhead/<part>")
@access(Act.DRAFT)
def letterhead_part(body: str, assembly: str, part: str) -> Response:
    return _part_page(body, assembly, _known(part))


@secretariat.post("/a/<body>/<assembly>/letterhead/<part>")
@access(Act.DRAFT)
def save_letterhead(body: str, assembly: str, part: str) -> Response:
    """Keep what was typed, or make a paper of it that nobody keeps."""
    origin, typed = assembly_origin(body, assembly), _typed(_known(part))
    try:
        if request.form.get("then") == "preview":
            content = verbs.preview(site().rt, who(), origin, part, typed)
            return downloads.paper(content, f"{body}-{assembly}-preview.pdf")
        verbs.revise(site().rt, who(), origin, part, typed, shown=text("seen"))
    except EditedMeanwhile as refusal:
        return _part_page(body, assembly, part, refused(next(iter(PARTS[part])), refusal), stale=True)
    except ProxiesFixed as refusal:
        return _part_page(body, assembly, part, refused("proxy.clause", refusal))
    except LetterheadFaults as refusal:
        faults = tuple(Fault(field_at(each.place, part), told(each)) for each in refusal.faults)
        return _part_page(body, assembly, part, *faults)
    return done(_address(body, assembly), N_("保存しました。"))


@secretariat.post("/a/<body>/<assembly>/letterhead-restore")
@access(Act.DRAFT)
def restore_letterhead(body: str, assembly: str) -> Response:
    """Take up an earlier one again."""
    number = text("number")
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST):
        abort(404)
    verbs.restore(site().rt, who(), assembly_origin(body, assembly), int(number))
    said = N_("第%(number)s版の設定に戻しました。")
    return done(_address(body, assembly), said, number=number)


@secretariat.get("/a/<body>/<assembly>/letterhead/versions/<int:number>.toml")
@access(Act.READ_ROLL)
def letterhead_file(body: str, assembly: str, number: int) -> Download:
    content = verbs.version(site().rt, who(), assembly_origin(body, assembly), number)
    answer = Download(content, content_type="application/toml; charset=utf-8")
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{body}-{assembly}-letterhead-{number}.toml"'
    )
    return answer


def _known(part: str) -> str:
    if part not in PARTS:
        abort(404)
    return part


def _typed(part: str) -> dict[str, str]:
    return {place: request.form.get(place, "") for place in PARTS[part]}


def _part_page(body: str, assembly: str, part: str, *faults: Fault, stale: bool = False) -> Response:
    shown = verbs.part_page(site().rt, who(), assembly_origin(body, assembly), part)
    typed = _typed(part) if faults else dict(shown.values)
    text_of_page = page(
        "secretariat/prints/letterhead-part.html",
        assembly=shown.assembly,
        part=part,
        shown=shown,
        values=typed,
        # Where a colleague was quicker, saving once more prevails; else the form stays what was opened.
        seen=shown.seen if stale or not faults else text("seen"),
        differs=[
            (LABELS[place], now) for place, now in shown.values.items() if now.split() != typed[place].split()
        ]
        if stale
        else [],
        kinds={place: kind.name for place, kind in PARTS[part].items()},
        days=Kind.DAY.name,
        groups=GROUPS[part],
        labels=LABELS,
        hints=HINTS,
        options=OPTIONS,
        parts_of=PART_LABELS,
        faults=faults,
    )
    return make_response(text_of_page, 422 if faults else 200)
