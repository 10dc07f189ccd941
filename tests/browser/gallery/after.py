"""After the close: count, certification, publication, correction, the end of the term."""

from tests.browser.gallery.during import approve, visit
from tests.browser.gallery.studio import ASSEMBLY, Seat, Studio
from tests.browser.test_desk import finished, papers_of_every_kind
from voting.core.permissions import Role
from voting.services.outcome import closing

INCIDENT = {
    "began": "2026-06-03T10:00",
    "ended": "2026-06-03T10:30",
    "note": "中継サーバーの障害により、30分間、画面が開けませんでした。",
}
RULE = "文書管理規程第8条(保存期間3年)の満了"


def closed(of: Studio) -> None:
    """The vote is over and papers are waiting."""
    papers_of_every_kind(of.world)
    of.world.at("2026-06-11 09:00")
    seat = of.officer(Role.ADMINISTRATOR)
    seat.take(f"{ASSEMBLY}/after-closing", "before-the-close-is-recorded")
    closing.close_if_due(of.world.rt, of.world.origin)
    seat.walk(below=ASSEMBLY)
    seat.take("/office/")
    seat.send_empty(f"{ASSEMBLY}/new-incident")
    of.officer(Role.AUDITOR).walk(below=ASSEMBLY)
    seat.look()
    seat.open(f"{ASSEMBLY}/new-incident")
    for field, value in INCIDENT.items():
        seat.page.fill(f"#{field}", value)
    seat.press_and_take("incident-recorded")
    seat.take(f"{ASSEMBLY}/incidents")


def certified(of: Studio) -> None:
    """From the draft count to a corrected result, as every person sees it."""
    finished(of.world)
    seat, chair, auditor = (of.officer(each) for each in (Role.ADMINISTRATOR, Role.CHAIR, Role.AUDITOR))
    seat.look()
    seat.take(f"{ASSEMBLY}/after-closing")
    seat.take(f"{ASSEMBLY}/count")
    seat.press_and_take("counted")
    for each in (seat, chair, auditor):
        each.look()
        each.take(f"{ASSEMBLY}/after-closing")
        each.take(f"{ASSEMBLY}/recount")
        each.take(f"{ASSEMBLY}/")
    chair.look()
    chair.take(f"{ASSEMBLY}/certify")
    chair.send_empty(f"{ASSEMBLY}/certify")
    ask(chair, "certify")
    auditor.look()
    auditor.take("/office/waiting")
    auditor.take(f"{ASSEMBLY}/after-closing")
    approve(of, auditor, "certify")
    published(of, seat, chair, auditor)


def ask(chair: Seat, act: str) -> None:
    chair.open(f"{ASSEMBLY}/{act}")
    sentence = chair.page.locator("#confirm")
    if sentence.count():
        sentence.fill(chair.page.locator(".panel.warn strong").first.inner_text())
    chair.press_and_take(f"{act}-asked")


def published(of: Studio, seat: Seat, chair: Seat, auditor: Seat) -> None:
    public(of, "published")
    for each in (seat, chair, auditor):
        each.look()
        each.walk(below=ASSEMBLY)
    chair.look()
    chair.send_empty(f"{ASSEMBLY}/correct")
    chair.open(f"{ASSEMBLY}/correct")
    chair.page.fill("#reason", "結果の説明に誤りがあったため、改めて公表します。")
    chair.press_and_take("correction-asked")
    approve(of, auditor, "correct")
    chair.look()
    chair.take(f"{ASSEMBLY}/after-closing")
    public(of, "corrected")


def public(of: Studio, name: str) -> None:
    of.visitor()
    for path in ("/", "/assemblies/council/2026-06"):
        of.open(path, f"{name}-{path}")
    for member in ("M0001", "M0005"):
        of.visitor()
        visit(of, member)
        of.camera.take(f"{name}-member-{member}")


def erased(of: Studio) -> None:
    """The end of the term: the list, the proposal, the approval, and what is left."""
    finished(of.world)
    of.world.certify()
    early = of.officer(Role.ADMINISTRATOR)
    early.take(f"{ASSEMBLY}/erase", "too-early-to-erase")
    early.take("/office/retention")
    of.world.at("2029-06-12 09:00")
    seat, auditor = of.officer(Role.ADMINISTRATOR, number=2), of.officer(Role.AUDITOR, number=2)
    seat.look()
    seat.take("/office/retention")
    seat.take(f"{ASSEMBLY}/erase")
    seat.send_empty(f"{ASSEMBLY}/erase")
    seat.open(f"{ASSEMBLY}/erase")
    seat.page.fill("#rule", RULE)
    seat.press_and_take("erasing-asked")
    seat.take("/office/retention", "retention-asked")
    approve(of, auditor, "erase")
    seat.look()
    seat.take("/office/retention", "retention-erased")
    seat.walk(below=ASSEMBLY)
    seat.take(f"{ASSEMBLY}/papers/F-5")
    public(of, "erased")
