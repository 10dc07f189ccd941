"""The answers during the period: sums and pictures for every officer, names after an act of their own."""

from flask import Response as Download
from flask import abort, redirect, request
from werkzeug.wrappers import Response

from voting.core.kana import sort_key
from voting.core.permissions import TWO_PERSONS, Act
from voting.core.prefectures import NAMES, prefecture_of
from voting.services.period import turnout
from voting.services.period.turnout import MemberLine, Names
from voting.services.period.turnout_files import ENCODINGS, lost_of_members, members_file, workbook
from voting.web.access import access
from voting.web.languages import N_
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.pictures import curve, tile_map
from voting.web.secretariat.tables import table
from voting.web.site import site

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = ("not-answered", "answered", "all")


@secretariat.get("/a/<body>/<assembly>/participation")
@access(Act.READ_PARTICIPATION)
def participation_page(body: str, assembly: str) -> str:
    shown = turnout.overview(site().rt, who(), assembly_origin(body, assembly))
    return page(
        "secretariat/during/participation.html",
        assembly=shown.line,
        shown=shown,
        map=tile_map(shown.prefectures),
        curve=curve(shown),
        may_remind=who().role in TWO_PERSONS[Act.SEND].first and shown.line.stage == "open",
    )


@secretariat.get("/a/<body>/<assembly>/participation/names")
@access(Act.READ_PARTICIPATION)
def participation_names(body: str, assembly: str) -> str:
    """The members one by one; the way to open them where they are not open today."""
    origin = assembly_origin(body, assembly)
    if not turnout.is_open(site().rt, who(), origin):
        shown = turnout.overview(site().rt, who(), origin)
        return page("secretariat/during/open-names.html", assembly=shown.line)
    found = turnout.names(site().rt, who(), origin)
    wanted, place = _wanted(), request.args.get("prefecture", "")
    lines = [each for each in _of(found, wanted) if place in ("", prefecture_of(each.prefecture))]
    place_of = {each.member_id: place for place, each in enumerate(found.members)}
    columns = {
        "number": lambda each: each.member_id,
        "name": lambda each: (sort_key(each.kana or each.name), each.member_id),
        "prefecture": lambda each: place_of[each.member_id],
        "answered": lambda each: (each.answered_at is None, each.answered_at or found.now, each.member_id),
    }
    return page(
        "secretariat/during/names.html",
        assembly=found.line,
        table=table(lines, columns, sort="prefecture"),
        wanted=wanted,
        prefecture=place,
        prefectures=NAMES,
        now=found.now,
        lost=lost_of_members(_of(found, wanted)),
    )


@secretariat.post("/a/<body>/<assembly>/participation/names")
@access(Act.READ_PARTICIPATION)
def open_participation_names(body: str, assembly: str) -> Response:
    turnout.open_names(site().rt, who(), assembly_origin(body, assembly))
    address = f"/office/a/{body}/{assembly}/participation/names"
    return done(address, N_("会員の名前を開きました。開いた人と日は、記録に残ります。"))


@secretariat.get("/a/<body>/<assembly>/participation.csv")
@access(Act.READ_PARTICIPATION)
def participation_csv(body: str, assembly: str) -> Response:
    """The list as a spreadsheet; it too has to be opened first."""
    origin = assembly_origin(body, assembly)
    if not turnout.is_open(site().rt, who(), origin):
        return redirect(f"/office/a/{body}/{assembly}/participation/names", code=303)
    found, wanted = turnout.names(site().rt, who(), origin), _wanted()
    encoding = request.args.get("encoding", "utf-8")
    if encoding not in ENCODINGS:
        abort(404)
    content = members_file(_of(found, wanted), encoding)
    ending = "" if encoding == "utf-8" else f"-{encoding}"
    return _saved(content, ENCODINGS[encoding], f"{body}-{assembly}-{wanted}{ending}.csv")


@secretariat.get("/a/<body>/<assembly>/participation.xlsx")
@access(Act.READ_PARTICIPATION)
def participation_workbook(body: str, assembly: str) -> Response:
    """Who has answered by member, prefecture, category and day; it too has to be opened first."""
    origin = assembly_origin(body, assembly)
    if not turnout.is_open(site().rt, who(), origin):
        return redirect(f"/office/a/{body}/{assembly}/participation/names", code=303)
    return _saved(workbook(site().rt, who(), origin), _XLSX, f"{body}-{assembly}-participation.xlsx")


def _saved(content: bytes, kind: str, name: str) -> Download:
    answer = Download(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _wanted() -> str:
    found = request.args.get("show", "not-answered")
    return found if found in _SHOWN else "not-answered"


def _of(found: Names, wanted: str) -> list[MemberLine]:
    if wanted == "all":
        return list(found.members)
    return [each for each in found.members if (each.answered_at is not None) == (wanted == "answered")]
