"""The page that answers a ballot: the receipt in words.

All receipts of one assembly's accepted ballots are alike but for a dozen values, so their page is rendered
once a process and language and then filled in; that of a refused one is rendered each time.
"""

from flask import current_app

from voting.services.casting.ballot_form import BallotForm
from voting.services.casting.receipt_page import ReceiptPage
from voting.web.member.choices import Filled
from voting.web.site import Site, render
from voting.web.stencil import Stencil, blank

_TEMPLATE = "member/receipt.html"


def receipt_html(here: Site, asked: BallotForm, shown: ReceiptPage, filled: Filled, *, token: str) -> str:
    """The page of one receipt.  Shape: *token* goes with its form for leaving."""
    key = asked.origin, asked.language
    kept = here.receipts.get(key)
    # One of before an amendment has the motions and the deadline of then.
    stencil = kept[1] if kept is not None and kept[0] is asked else None
    if shown.refused or len(shown.choices) != len(asked.motions) or (stencil is None and _has_demo_bar()):
        return render(_TEMPLATE, asked=asked, receipt=shown, filled=filled, csrf_token=lambda: token)
    if stencil is None:
        stencil = _stencil(asked)
        here.receipts[key] = asked, stencil
    values = {str(place): choice for place, (_, _, choice) in enumerate(shown.choices)}
    values |= {
        "index": shown.index,
        "number": shown.number,
        "received": shown.received,
        "member_id": shown.member_id,
        "member": shown.member,
        "keep": "\n".join(shown.keep),
        "section": filled.section,
        "respondent": filled.respondent,
        "token": token,
    }
    return stencil.filled(values)


def _stencil(asked: BallotForm) -> Stencil:
    """What the receipts of all accepted ballots of one assembly have in common."""
    shown = ReceiptPage(
        index=blank("index"),
        number=blank("number"),
        received=blank("received"),
        refused="",
        level="",
        member_id=blank("member_id"),
        member=blank("member"),
        choices=tuple(
            (motion.label, motion.title, blank(str(place))) for place, motion in enumerate(asked.motions)
        ),
        keep=(blank("keep"),),
    )
    filled = Filled(section=blank("section"), respondent=blank("respondent"))
    return Stencil(
        render(_TEMPLATE, asked=asked, receipt=shown, filled=filled, csrf_token=lambda: blank("token"))
    )


def _has_demo_bar() -> bool:
    """Whether every page tells the state of the sample assembly, which changes."""
    return "demo_bar" in current_app.jinja_env.globals
