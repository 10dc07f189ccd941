"""The office's own sheet: sent, its columns named where need be, looked at row by row, confirmed."""

from flask import make_response, redirect, request
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.core.permissions import Act
from voting.i18n import lines
from voting.services.register import bodies, roll_uploads
from voting.services.register.roll_preview import Line, RollPreview, State
from voting.services.register.roll_uploads import LARGEST
from voting.web.access import access
from voting.web.languages import N_, language
from voting.web.office import done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, refused, text
from voting.web.secretariat.member_words import differences
from voting.web.secretariat.roll_columns import MEANINGS, columns_shown, layout_typed
from voting.web.secretariat.tables import Table, table
from voting.web.site import site

# A file that is too big is to be told so by the page: what is far too big never gets that far.
_LARGEST_FORM = 64 * 1024 * 1024
# Their rows can be mended by naming the columns by hand.
_UNNAMED = frozenset({"sheet-no-header", "sheet-column-twice", "sheet-no-such-part"})
# What nobody has to look at is not shown at first, nor what has a part of the page for itself.
_FIRST_SHOWN = tuple(state for state in State if state not in (State.SAME, State.MISSING))


@secretariat.get("/members/<body>/import")
@access(Act.EDIT_ROLL)
def import_page(body: str) -> Response:
    return _import_page(body)


@secretariat.post("/members/<body>/import")
@access(Act.EDIT_ROLL, largest=_LARGEST_FORM, megabytes=LARGEST // 1_000_000)
def import_file(body: str) -> Response:
    """Take a file; one that is no sheet is refused with its reason, and nothing of it is kept."""
    file, data, name = request.files.get("file"), b"", ""
    if file is not None:
        with file.stream:
            data, name = file.stream.read(), file.filename or ""
    try:
        made = roll_uploads.upload(site().rt, who(), body, data=data, name=name)
    except Refusal as refusal:
        if not refusal.code.startswith("sheet-") and refusal.code != "no-file":
            raise
        return _import_page(body, *(Fault("file", each) for each in lines(refusal, language())))
    return redirect(_address(body, made), code=303)


@secretariat.get("/members/<body>/import/<upload_id>")
@access(Act.EDIT_ROLL)
def import_preview(body: str, upload_id: str) -> Response:
    return _preview(body, upload_id)


@secretariat.get("/members/<body>/import/<upload_id>/columns")
@access(Act.EDIT_ROLL)
def import_columns(body: str, upload_id: str) -> Response:
    return _columns(body, upload_id)


@secretariat.post("/members/<body>/import/<upload_id>/columns")
@access(Act.EDIT_ROLL)
def import_layout(body: str, upload_id: str) -> Response:
    """Take the columns as they were named; the preview shows what comes of it."""
    try:
        roll_uploads.lay_out(site().rt, who(), body, upload_id, layout_typed())
    except Refusal as refusal:
        if refusal.code not in _UNNAMED:
            raise
        return _columns(body, upload_id, *(Fault("c-0", each) for each in lines(refusal, language())))
    return done(_address(body, upload_id), N_("列の読み方を変えました。"))


@secretariat.post("/members/<body>/import/<upload_id>/choices")
@access(Act.EDIT_ROLL)
def import_choices(body: str, upload_id: str) -> Response:
    """Note which repairs are right, and who has left."""
    repairs = {
        int(name.removeprefix("repair-")): code
        for name, code in request.form.items()
        if name.startswith("repair-") and name.removeprefix("repair-").isdecimal() and code
    }
    try:
        roll_uploads.choose(
            site().rt,
            who(),
            body,
            upload_id,
            repairs=repairs,
            leaving=tuple(request.form.getlist("leaving")),
            left_on=text("left_on"),
        )
    except Refusal as refusal:
        if refusal.code not in ("leaving-day-missing", "no-date", "outside-era", "wrong-weekday"):
            raise
        return _preview(body, upload_id, refused("left_on", refusal))
    return done(_address(body, upload_id), N_("選択を反映しました。"))


@secretariat.post("/members/<body>/import/<upload_id>/confirm")
@access(Act.EDIT_ROLL)
def import_confirm(body: str, upload_id: str) -> Response:
    """Write exactly what was shown."""
    try:
        stored = roll_uploads.confirm(site().rt, who(), body, upload_id, digest=text("digest"))
    except Refusal as refusal:
        if refusal.code not in ("register-changed", "sheet-has-errors", "nothing-to-store"):
            raise
        return _preview(body, upload_id, refused("confirm", refusal))
    return done(
        f"/office/members/{body}/register",
        N_("名簿に登録しました。新規%(new)s、変更%(changed)s、退会%(left)sです。"),
        new=str(stored.new),
        changed=str(stored.changed),
        left=str(stored.left),
    )


@secretariat.post("/members/<body>/import/<upload_id>/give-up")
@access(Act.EDIT_ROLL)
def import_give_up(body: str, upload_id: str) -> Response:
    roll_uploads.give_up(site().rt, who(), body, upload_id)
    return done(
        f"/office/members/{body}/import", N_("取込みをやめ、ファイルを消去しました。名簿は変わっていません。")
    )


def _address(body: str, upload_id: str) -> str:
    return f"/office/members/{body}/import/{upload_id}"


def _import_page(body: str, *faults: Fault) -> Response:
    shown = page(
        "secretariat/members/import/file.html",
        body=bodies.body_line(site().rt, who(), body),
        largest=LARGEST // 1_000_000,
        faults=faults,
    )
    return make_response(shown, 422 if faults else 200)


def _preview(body: str, upload_id: str, *faults: Fault) -> Response:
    rt = site().rt
    sent = roll_uploads.sent(rt, who(), body, upload_id)
    try:
        found = roll_uploads.preview(rt, who(), body, upload_id)
    except Refusal as refusal:
        if refusal.code not in _UNNAMED:
            raise
        return _columns(body, upload_id, *(Fault("c-0", each) for each in lines(refusal, language())))
    state = request.args.get("state", "")
    shown = page(
        "secretariat/members/import/preview.html",
        body=bodies.body_line(rt, who(), body),
        sent=sent,
        preview=found,
        states=tuple((each, found.counts[each]) for each in State if found.counts[each]),
        state=state,
        table=_lines(found, state),
        differences=_differences,
        language_=language(),
        notes=found.notes_said(language()),
        offered=tuple(each for each in found.lines if each.offers),
        missing=tuple(each for each in found.lines if each.state is State.MISSING),
        left_on=text("left_on") or (found.choices.left_on or ""),
        faults=faults,
    )
    return make_response(shown, 422 if faults else 200)


def _lines(found: RollPreview, state: str) -> Table[Line]:
    wanted = (State(state),) if state in set(State) else _FIRST_SHOWN
    chosen = [each for each in found.lines if each.state in wanted]
    order = list(State)
    # Rows as the sheet has them; missing members, which have no row, as official lists do.
    place = {(each.row, each.member_id): number for number, each in enumerate(found.lines)}
    return table(
        chosen,
        {
            "row": lambda each: (each.row or 10**9, each.member_id),
            "state": lambda each: (order.index(each.state), place[each.row, each.member_id]),
            "number": lambda each: each.member_id,
        },
        sort="state",
    )


def _differences(line: Line) -> tuple[tuple[str, str, str], ...]:
    change = line.change
    return () if change is None else differences(change.before, change.after, change.columns)


def _columns(body: str, upload_id: str, *faults: Fault) -> Response:
    """The first rows of the sheet, with a box for each column."""
    rt = site().rt
    sent = roll_uploads.sent(rt, who(), body, upload_id)
    text_of_page = page(
        "secretariat/members/import/columns.html",
        body=bodies.body_line(rt, who(), body),
        sent=sent,
        shown=columns_shown(rt, who(), body, sent),
        fields=tuple(MEANINGS.items()),
        faults=faults,
    )
    return make_response(text_of_page, 422 if faults else 200)
