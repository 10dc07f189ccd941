"""What members will get, before it is sent: mails, the member's page, and a test mail to oneself."""

from flask import Response, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from voting.core.permissions import Act
from voting.services.drafting import draft_pages, mail_tests, previews
from voting.services.drafting.mail_tests import NotAnAddress
from voting.web.access import access
from voting.web.languages import N_, language
from voting.web.member.choices import LONGEST_OPINION, Filled, offered_marks
from voting.web.member.typed import LONGEST_LINE
from voting.web.office import assembly_origin, done, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.secretariat.forms import Fault, refused, text
from voting.web.secretariat.plan import folder, plan_address
from voting.web.secretariat.plan_words import told
from voting.web.site import render, site


@secretariat.get("/a/<body>/<assembly>/plan/preview")
@access(Act.READ_ROLL)
def preview(body: str, assembly: str) -> Response:
    return _page(body, assembly)


@secretariat.get("/a/<body>/<assembly>/plan/preview/page")
@access(Act.READ_ROLL)
def preview_page(body: str, assembly: str) -> str:
    """The member's page during the period.  It is no ballot: nothing on it can be sent."""
    shown = previews.member_page(
        site().rt,
        who(),
        assembly_origin(body, assembly),
        request.args.get("member", ""),
        folder=folder(body, assembly),
        language=language(),
    )
    back = plan_address(body, assembly, "/preview")
    return render(
        "member/preview.html",
        page=shown,
        back=back,
        filled=Filled(),
        faults=(),
        note="",
        marks=offered_marks(abstain=shown.offers_abstain),
        longest_line=LONGEST_LINE,
        longest_opinion=LONGEST_OPINION,
        # The form has no token of this officer's session: wherever it were sent, it would be refused.
        csrf_token=str,
    )


@secretariat.post("/a/<body>/<assembly>/plan/test-mail")
@access(Act.DRAFT)
def send_test(body: str, assembly: str) -> AnyResponse:
    try:
        mail_tests.owe(site().rt, who(), assembly_origin(body, assembly), text("address"))
    except NotAnAddress as refusal:
        return _page(body, assembly, refused("address", refusal))
    said = N_("試験送信を登録しました。1分ほどで送られます。届いたことを確かめてください。")
    return done(plan_address(body, assembly, "/preview"), said)


def _page(body: str, assembly: str, *faults: Fault) -> Response:
    rt, origin = site().rt, assembly_origin(body, assembly)
    plan = draft_pages.plan_page(rt, who(), origin, folder=folder(body, assembly))
    text_of_page = page(
        "secretariat/plan/preview.html",
        assembly=plan.line,
        plan=plan,
        told=told,
        preview=previews.mails(rt, who(), origin),
        faults=faults,
        address=text("address") if faults else "",
    )
    return make_response(text_of_page, 422 if faults else 200)
