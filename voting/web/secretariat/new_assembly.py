"""A new assembly: from nothing, from an earlier one, or from an ASSEMBLY.toml."""

from collections.abc import Callable
from contextlib import closing

from flask import Response, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from voting.core.errors import Refusal
from voting.core.permissions import Act
from voting.core.rules import PRESETS
from voting.services.drafting import draft_starts
from voting.services.drafting.draft_starts import Beginning
from voting.services.names import is_plain
from voting.sheets.typed_text import typed_text
from voting.web.access import access
from voting.web.languages import N_
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault
from voting.web.secretariat.plan import LONGEST_CONTACT, LONGEST_TITLE, plan_address
from voting.web.secretariat.plan_form import line, many
from voting.web.secretariat.plan_words import told_lines
from voting.web.site import site

_DISCLOSURES = ("L0", "L1", "L2")
_LARGEST_FILE = 1_000_000  # bytes of an ASSEMBLY.toml
# Beside which control a refusal is said; any other stands beside the short name.
_FIELDS = {
    "no-such-body": "body",
    "body-differs": "body",
    "policy-unusable": "policy",
    "no-such-assembly": "source",
    "assembly-faults": "file",
}


@secretariat.get("/new-assembly")
@access(Act.DRAFT)
def new_assembly() -> str:
    return page("secretariat/plan/new.html", choices=draft_starts.choices(site().rt, who()))


@secretariat.get("/new-assembly/scratch")
@access(Act.DRAFT)
def from_nothing() -> Response:
    return _page("scratch")


@secretariat.post("/new-assembly/scratch")
@access(Act.DRAFT)
def begin_from_nothing() -> AnyResponse:
    title, preset = line("title"), line("preset")
    faults = [*_title_faults(title)]
    if preset not in ("", *PRESETS):
        faults.append(fault("preset", N_("一つを選んでください。")))
    return _begin(
        "scratch",
        faults,
        lambda beginning: draft_starts.from_nothing(site().rt, who(), beginning, title=title, preset=preset),
    )


@secretariat.get("/new-assembly/copy")
@access(Act.DRAFT)
def from_earlier() -> Response:
    return _page("copy")


@secretariat.post("/new-assembly/copy")
@access(Act.DRAFT)
def begin_from_earlier() -> AnyResponse:
    title = line("title")
    body, _, assembly = line("source").partition("/")
    return _begin(
        "copy",
        [*_title_faults(title)],
        lambda beginning: draft_starts.from_earlier(
            site().rt, who(), beginning, origin=assembly_origin(body, assembly), title=title
        ),
    )


@secretariat.get("/new-assembly/file")
@access(Act.DRAFT)
def from_file() -> Response:
    return _page("file")


@secretariat.post("/new-assembly/file")
@access(Act.DRAFT, largest=_LARGEST_FILE, megabytes=1)
def begin_from_file() -> AnyResponse:
    file = request.files.get("file")
    content = b""
    if file is not None:
        with closing(file):
            content = file.read()
    faults = [] if content else [fault("file", N_("総会の設定ファイル(ASSEMBLY.toml)を選んでください。"))]
    return _begin(
        "file",
        faults,
        lambda beginning: draft_starts.from_file(site().rt, who(), beginning, source=typed_text(content)),
    )


def _begin(kind: str, faults: list[Fault], begin: Callable[[Beginning], str]) -> AnyResponse:
    """Make the draft, and go on to what has to be settled next."""
    beginning = Beginning(
        body=line("body"),
        slug=line("slug"),
        contact="\n".join(many("contact")),
        disclosure=line("disclosure"),
        policy=request.form.get("policy", ""),
    )
    faults = [*faults, *_faults(beginning)]
    if faults:
        return _page(kind, *faults)
    try:
        begin(beginning)
    except Refusal as refusal:
        field = _FIELDS.get(refusal.code, "slug")
        return _page(kind, *(Fault(field, said) for said in told_lines(refusal)))
    rest = "/dates" if kind != "file" else ""
    address = plan_address(beginning.body, beginning.slug, rest)
    return done(address, N_("総会の準備を始めました。続けて日程と議案と規則を確かめてください。"))


def _title_faults(title: str) -> list[Fault]:
    if 0 < len(title) <= LONGEST_TITLE:
        return []
    return [fault("title", N_("総会の名称を200文字以内で入力してください。"))]


def _faults(beginning: Beginning) -> list[Fault]:
    found = []
    if not is_plain(beginning.slug):
        said = N_("短い名前は、半角の英小文字、数字、ハイフンで入力してください(例 2026-06)。")
        found.append(fault("slug", said))
    if not 0 < len(beginning.contact) <= LONGEST_CONTACT:
        found.append(fault("contact", N_("問合せ先を500文字以内で入力してください。")))
    if beginning.disclosure not in _DISCLOSURES:
        found.append(fault("disclosure", N_("一つを選んでください。")))
    return found


def _page(kind: str, *faults: Fault) -> Response:
    choices = draft_starts.choices(site().rt, who())
    given = request.form if request.method == "POST" else request.args
    values = {
        "body": given.get("body", choices.bodies[0][0] if choices.bodies else ""),
        "slug": given.get("slug", choices.slug),
        "title": given.get("title", ""),
        "source": given.get("source", choices.earlier[0].path if choices.earlier else ""),
        "contact": given.get("contact", choices.contact),
        "disclosure": given.get("disclosure", "L1"),
        "policy": given.get("policy", ""),
        "preset": given.get("preset", ""),
    }
    shown = page("secretariat/plan/begin.html", kind=kind, choices=choices, values=values, faults=faults)
    return make_response(shown, 422 if faults else 200)
