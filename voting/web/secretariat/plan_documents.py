"""The papers of a draft's motions, by upload: PDF only, looked into before they are kept."""

from contextlib import closing

from flask import request
from werkzeug.wrappers import Response

from voting.core.errors import Refusal
from voting.core.permissions import Act
from voting.services.assemblies import Paper
from voting.services.drafting import draft_documents, draft_pages
from voting.services.drafting.draft_documents import LARGEST
from voting.web.access import access
from voting.web.languages import N_
from voting.web.office import assembly_origin, done, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, fault, text
from voting.web.secretariat.motion_form import motion_values
from voting.web.secretariat.plan import folder, plan_address
from voting.web.secretariat.plan_form import Form
from voting.web.secretariat.plan_motions import motion_page
from voting.web.secretariat.plan_words import told
from voting.web.site import site

# A few megabytes above the limit: what is a little too large is told so in words.
_LARGEST_FORM = LARGEST + 10_000_000
_MENDABLE = (
    "pdf-unusable",
    "pdf-too-large",
    "document-named",
    "document-name-unusable",
    "too-many-documents",
    "no-such-document",
)


@secretariat.post("/a/<body>/<assembly>/plan/motions/<int:number>/documents")
@access(Act.DRAFT, largest=_LARGEST_FORM, megabytes=LARGEST // 1_000_000)
def attach(body: str, assembly: str, number: int) -> Response:
    """Add a paper, or put it in the place of another."""
    file, replaces = request.files.get("file"), text("replaces")
    field = f"file-{replaces}" if replaces else "file"
    if file is None or not file.filename:
        return _again(body, assembly, number, fault(field, N_("PDFファイルを選んでください。")))
    with closing(file):
        brought = Paper(file.filename, file.read())
    origin = assembly_origin(body, assembly)
    try:
        draft_documents.attach(site().rt, who(), origin, number, brought, replaces=replaces)
    except Refusal as refusal:
        if refusal.code not in _MENDABLE:
            raise
        return _again(body, assembly, number, Fault(field, told(refusal)))
    said = N_("資料を差し替えました。") if replaces else N_("資料を登録しました。")
    return done(_papers(body, assembly, number), said)


@secretariat.post("/a/<body>/<assembly>/plan/motions/<int:number>/documents/remove")
@access(Act.DRAFT)
def detach(body: str, assembly: str, number: int) -> Response:
    origin = assembly_origin(body, assembly)
    draft_documents.detach(site().rt, who(), origin, number, text("document"))
    return done(_papers(body, assembly, number), N_("資料を外しました。"))


def _papers(body: str, assembly: str, number: int) -> str:
    return plan_address(body, assembly, f"/motions/{number}#papers")


def _again(body: str, assembly: str, number: int, found: Fault) -> Response:
    shown = draft_pages.motion_page(
        site().rt, who(), assembly_origin(body, assembly), number, folder=folder(body, assembly)
    )
    values = motion_values(shown.content.docket, shown.motion, shown.text)
    return motion_page(shown, Form(values, shown.seen, (found,)))
