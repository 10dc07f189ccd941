"""The register of one body: searched, narrowed down, saved as a file."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask import Response, abort, request

from voting.core.kana import sort_key
from voting.core.permissions import ALLOWED, Act
from voting.core.register import official_order
from voting.services.register import bodies as body_verbs
from voting.services.register import member_list
from voting.services.register.member_list import MemberLine, Only, Wanted
from voting.services.register.roll_files import FileKind, roll_file
from voting.web.access import access
from voting.web.office import page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.tables import Table, table
from voting.web.site import site

_TYPES = {
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.CP932: "text/csv; charset=Shift_JIS",
}
_COLUMNS: dict[str, Callable[[MemberLine], Any]] = {
    "order": lambda each: official_order(each.member),
    "name": lambda each: sort_key(each.member.kana or each.member.name),
    "number": lambda each: each.member.member_id,
    "category": lambda each: (each.member.category, official_order(each.member)),
    "kind": lambda each: (each.member.kind, official_order(each.member)),
    "votes": lambda each: (each.member.votes, official_order(each.member)),
    "contact": lambda each: (len(each.member.addresses), official_order(each.member)),
}


@secretariat.get("/members/<body>/register")
@access(Act.READ_ROLL)
def member_register(body: str) -> str:
    shown, wanted = member_list.register_page(site().rt, who(), body), wanted_members()
    found = member_list.found(shown.lines, wanted)
    return page(
        "secretariat/members/register.html",
        shown=shown,
        wanted=wanted,
        onlys=tuple(Only),
        table=member_table(found),
        can_edit=who().role in ALLOWED[Act.EDIT_ROLL],
    )


@secretariat.get("/members/<body>/files")
@access(Act.READ_ROLL)
def roll_files(body: str) -> str:
    """What can be saved, and which characters one of the files would lose."""
    rt = site().rt
    lost = roll_file(rt, who(), body, FileKind.CP932).lost
    return page("secretariat/members/files.html", body=body_verbs.body_line(rt, who(), body), lost=lost)


@secretariat.get("/members/<body>/files/<kind>")
@access(Act.READ_ROLL)
def save_roll(body: str, kind: str) -> Response:
    if kind not in set(FileKind):
        abort(404)
    made = roll_file(site().rt, who(), body, FileKind(kind))
    response = Response(made.content, content_type=_TYPES[FileKind(kind)])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.name, safe='')}"
    return response


def wanted_members() -> Wanted:
    """What the address asks for."""
    only = request.args.get("only", "")
    return Wanted(
        text=request.args.get("q", "").strip()[:100],
        category=request.args.get("category", ""),
        kind=request.args.get("kind", ""),
        prefecture=request.args.get("prefecture", ""),
        only=Only(only) if only in set(Only) else Only.MEMBERS,
    )


def member_table(found: tuple[MemberLine, ...]) -> Table[MemberLine]:
    return table(found, _COLUMNS, sort="order")
