"""During the period: the office's acts, the desk for papers, members and the public."""

from playwright.sync_api import Page

from tests.browser.gallery.studio import ASSEMBLY, Seat, Studio
from tests.browser.test_desk import papers_of_every_kind
from tests.browser.test_voting import CHOICES
from tests.services.drafting import pdf
from tests.services.test_asking import ask
from voting.core.permissions import Role
from voting.services.period import inquiries

PAPERS = tuple(f"F-{number}" for number in range(1, 7))
PDF = {"name": "正誤表.pdf", "mimeType": "application/pdf", "buffer": pdf(1)}


def period(of: Studio) -> None:
    """What every role sees, and every act of the period asked for and approved."""
    for member in ("M0005", "M0007", "M0011"):
        of.world.cast(member, CHOICES)
    ask(of.world, "M0005", "資料3ページの負担金は、来年度も同じ額ですか。")
    for role in Role:
        of.officer(role, number=2).walk()
    seat, checker, chair = (of.officer(each) for each in (Role.ADMINISTRATOR, Role.CHECKER, Role.CHAIR))
    seat.look()
    seat.open(f"{ASSEMBLY}/participation/names")
    if seat.page.locator("main form button").count():
        seat.press_and_take("names-opened")
    for part in ("extend", "amend", "erratum", "facts", "deliveries", "new-incident"):
        seat.send_empty(f"{ASSEMBLY}/{part}")
    seat.take(f"{ASSEMBLY}/reissue?member=M0003")
    seat.take(f"{ASSEMBLY}/reissue?member=X9")
    seat.send_empty(f"{ASSEMBLY}/reissue?member=M0003")
    for part, fields in ACTS.items():
        seat.look()
        seat.open(f"{ASSEMBLY}/{part}")
        fill(seat, fields)
        seat.press_beside(next(iter(fields), ""))
        of.camera.take(f"{part}-asked")
        approve(of, chair if part == "facts" else checker, part)
        seat.look()
        seat.take(f"{ASSEMBLY}/{part.partition('?')[0]}", f"{part}-afterwards")
    replied(of, seat, checker)
    seat.take(f"{ASSEMBLY}/")
    seat.take(f"{ASSEMBLY}/deliveries")
    seat.take("/office/waiting")
    of.visitor()
    of.open("/assemblies/council/2026-06", "assembly-changed")
    visit(of, "M0001")
    of.camera.take("ballot-changed")
    visit(of, "M0005")
    of.camera.take("ballot-void")


def replied(of: Studio, seat: Seat, checker: Seat) -> None:
    """A question from its draft to the reply that all have read; one set aside, one not answered yet."""
    ask(of.world, "M0007", "議案に関係のない質問です。")
    ask(of.world, "M0011", "第2号議案の施行日を教えてください。")
    why = "議案に関する質問ではないため"
    inquiries.set_aside(of.world.rt, of.world.officer(Role.CHECKER), of.world.origin, 2, why=why)
    seat.look()
    seat.send_empty(f"{ASSEMBLY}/questions/receive")
    seat.open(f"{ASSEMBLY}/questions/receive")
    seat.page.select_option("#way", "phone")
    fill(seat, {"member": "M0009", "question": "施行日はいつですか。"})
    seat.press_beside("question")
    of.camera.take("question-received")
    seat.send_empty(f"{ASSEMBLY}/questions/1")
    seat.open(f"{ASSEMBLY}/questions/1")
    fill(seat, {"wording": "負担金は、来年度も同じ額ですか。", "reply": "来年度も同じ額です。"})
    seat.press_beside("reply")
    of.camera.take("questions-drafted")
    seat.take(f"{ASSEMBLY}/questions/send?number=1", "questions-proposal")
    seat.press_beside("note")
    of.camera.take("questions-asked")
    seat.take(f"{ASSEMBLY}/questions/1", "question-waiting")
    approve(of, checker, "questions")
    seat.look()
    for number in (1, 2, 3):
        seat.take(f"{ASSEMBLY}/questions/{number}", f"question-{number}")
    seat.take(f"{ASSEMBLY}/questions", "questions-afterwards")


ACTS = {
    "reminder": {},
    "reissue?member=M0003": {"new": "kikaku@example.jp", "reason-new": "宛先の変更の届出があったため"},
    "facts": {"member": "M0009", "at": "2026-06-01T09:00"},
    "erratum": {"paper": "", "reason": "資料2ページの合計の数字に誤りがありました。"},
    "extend": {"closes": "2026-06-12T17:00", "reason": "台風の影響で、回答の期間を延ばします。"},
    "amend": {"motion": "2", "title": "規約の改正(改)について", "reason": "附則の施行日を改めました。"},
}


def fill(seat: Seat, fields: dict[str, str]) -> None:
    for field, value in fields.items():
        control = seat.page.locator(f"#{field}")
        if field == "paper":
            control.set_input_files([PDF])  # type: ignore[list-item]
        elif control.evaluate("each => each.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def approve(of: Studio, seat: Seat, name: str) -> None:
    seat.look()
    seat.open("/office/waiting")
    request = seat.page.locator("main table a").first.get_attribute("href") or ""
    seat.take(request, f"{name}-to-approve")
    approval = seat.page.locator("form[action$=approve] button")
    if not approval.count():
        seat.open("/office/step-up?next=/office/waiting")
        seat.page.fill("#code", seat.person.fresh_code())
        seat.press()
        seat.open(request)
    approval.click()
    of.camera.take(f"{name}-approved")


def desk(of: Studio) -> None:
    """Papers in every state, as those who read them see them."""
    papers_of_every_kind(of.world)
    for role, number in ((Role.ENTRY, 1), (Role.CHECKER, 2), (Role.AUDITOR, 1)):
        seat = of.officer(role, number=number)
        seat.take(f"{ASSEMBLY}/papers")
        seat.take(f"{ASSEMBLY}/papers?only=mine")
        for serial in PAPERS:
            seat.take(f"{ASSEMBLY}/papers/{serial}")
            for part in ("entry", "sender", "scan") if role is not Role.AUDITOR else ():
                seat.take(f"{ASSEMBLY}/papers/{serial}/{part}")
    seat = of.officer(Role.CHECKER, number=1)
    seat.send_empty(f"{ASSEMBLY}/new-paper")
    seat.send_empty(f"{ASSEMBLY}/papers/F-2/entry")
    seat.send_empty(f"{ASSEMBLY}/papers/F-1/sender")
    seat.take(f"{ASSEMBLY}/participation")
    seat.take(ASSEMBLY + "/")


def ballots(of: Studio) -> None:
    """A member from the code to the receipt, with what can go wrong."""
    page = of.visitor()
    of.open("/v", "code")
    page.locator("main form button").first.click()
    of.camera.take("code-empty")
    page.fill("#code", "0000-AAAA-BBBB-CCCC")
    page.locator("main form button").first.click()
    of.camera.take("code-wrong")
    visit(of, "M0001")
    of.camera.take("ballot")
    asking(of)
    of.open("/vote", "ballot-again")
    page.locator("form.ballot button.button").click()
    of.camera.take("ballot-empty")
    page.locator("button[name=all]").first.click()
    of.camera.take("ballot-all-for")
    answer(page)
    page.locator("button[formaction$=draft]").click()
    of.camera.take("draft")
    visit(of, "M0001")
    page.locator("button[name=all]").first.click()
    answer(page)
    page.locator("form.ballot button.button").click()
    of.camera.take("confirmation")
    page.locator("main form button.button").first.click()
    of.camera.take("receipt")
    of.open("/vote", "voted")
    page.locator("form[action$=leave] button").first.click()
    of.camera.take("left")
    papers_of_every_kind(of.world)
    visit(of, "M0005")
    of.camera.take("voted-twice")
    of.visitor()
    for path in ("/", "/assemblies/council/2026-06", "/verifier", "/ledger/"):
        of.open(path)


def asking(of: Studio) -> None:
    """The form for questions, empty, wrong and received."""
    page = of.camera.page
    of.open("/vote/questions", "questions")
    page.locator("main form button.button").click()
    of.camera.take("questions-empty")
    page.fill("#question", "資料3ページの負担金は、\n来年度も同じ額ですか。")
    page.fill("#section", "総合政策課 企画係")
    page.fill("#asker", "山田　花子")
    page.locator("main form button.button").click()
    of.camera.take("question-received")
    of.open("/vote/questions", "questions-own")


def answer(page: Page) -> None:
    page.locator("label[for='m2-against']").click()
    page.locator("label[for='m4-2']").click()
    page.fill("#section", "総合政策課 企画係")
    page.fill("#respondent", "山田　花子")
    page.fill("#opinion", "資料の3ページの表について、\n次の総会で説明をお願いします。")


def visit(of: Studio, member: str) -> None:
    of.world.send()
    of.world.read_codes()
    page = of.camera.page
    page.goto(f"{of.address}/v")
    page.goto(f"{of.address}/v#{of.world.codes[member]}")
    page.wait_for_url("**/vote*")
