"""Before the period: accounts and doors, members, a draft and its freeze."""

from tests.browser.gallery.studio import ASSEMBLY, Seat, Studio, enter_half
from tests.browser.test_members import BAD, HEAD, NASU, TOWN
from tests.officers import PASSWORD, hire, unenrolled
from tests.services.drafting import pdf
from tests.sheets.workbooks import workbook
from voting.core.permissions import Role

WIZARD = ("plan/basics", "plan/dates", "plan/motions", "plan/motions/new", "plan/motions/1", "plan/rules")


def the_door(of: Studio) -> None:
    """Signing in, the first authenticator, a password of one's own, a lost factor."""
    page = of.visitor()
    of.open("/office/sign-in")
    page.locator("main form button").click()
    of.camera.take("sign-in-empty")
    page.fill("#account", "checker-1")
    page.fill("#password", "a wrong password")
    page.locator("main form button").click()
    of.camera.take("sign-in-wrong")
    page = enter_half(of, unenrolled(of.world, Role.CHECKER))
    of.camera.take("enrol")
    page.locator("main form button").first.click()
    of.camera.take("enrol-empty")
    page = enter_half(of, hire(of.world, Role.ENTRY))
    of.camera.take("second-factor")
    page.locator("main form button").first.click()
    of.camera.take("second-factor-empty")
    of.open("/office/lost-factor")
    page.locator("main form button").first.click()
    of.camera.take("lost-factor-empty")
    page.fill("#why", "携帯電話を替えたため、番号が出せません。")
    page.locator("main form button").first.click()
    of.camera.take("lost-factor-asked")


def accounts(of: Studio) -> None:
    """The officers, a new one, one locked, one recovered, one's own account."""
    other = of.officer(Role.ADMINISTRATOR, number=2)
    seat = of.officer(Role.ADMINISTRATOR)
    seat.take("/office/me")
    seat.walk(below="/office/me/")
    seat.walk(below="/office/officers")
    seat.take("/office/new-officer")
    seat.take("/office/journal")
    for path in ("/office/me", "/office/new-officer", "/office/officers/entry-2"):
        seat.send_empty(path)
    seat.open("/office/new-officer")
    for field, value in {"id": "tanabe", "name": "田辺 花子"}.items():
        seat.page.fill(f"main form input[name={field}]", value)
    seat.press_and_take("officer-made")
    seat.take("/office/officers/tanabe")
    seat.take("/office/officers/entry-2/lock")
    seat.press_and_take("officer-locked")
    seat.take("/office/officers/entry-2")
    seat.open("/office/officers/checker-2")
    seat.page.fill("#why", "本人が来庁し、携帯電話の紛失を申し出た。職員証で確認した。")
    seat.page.locator("form[action$=recover] button").click()
    of.camera.take("recovery-asked")
    other.look()
    other.take("/office/waiting")
    request = other.page.locator("main table a").first.get_attribute("href") or ""
    other.take(request)
    other.open("/office/step-up?next=/office/waiting")
    other.take("/office/officers/checker-2")
    other.open(request)
    other.page.locator("form[action$=approve] button").click()
    of.camera.take("recovered")
    other.take("/office/journal")


def members(of: Studio) -> None:
    """The register: lists, one member, an import with faults and without, a committee."""
    seat = of.officer(Role.ADMINISTRATOR)
    register = "/office/members/council"
    seat.walk(below="/office/members")
    seat.walk(below="/office/new-body")
    for path in (
        f"{register}/register?q=12",
        f"{register}/register?q=そのような会員はない",
        f"{register}/member?number=M0001",
        f"{register}/member/edit?number=M0001",
        f"{register}/member/leave?number=M0001",
    ):
        seat.take(path)
    for path in (
        "/office/new-body",
        f"{register}/new-member",
        f"{register}/new-committee",
        f"{register}/import",
    ):
        seat.send_empty(path)
    seat.send_empty(f"{register}/member/edit?number=M0001")
    seat.send_empty(f"{register}/member/leave?number=M0001")
    for number, rows in enumerate(((NASU, TOWN, BAD), (TOWN,)), 1):
        choose(seat, *rows)
        of.camera.take(f"import-preview-{number}")
        if number == 1:
            seat.take(f"{seat.page.url}/columns")
    seat.page.locator("#confirm button").click()
    of.camera.take("imported")
    seat.take(f"{register}/member?number=M0001")
    choose(seat, ["", "", "", "", "", "", "", "", ""])
    of.camera.take("import-of-nothing")
    seat.open(f"{register}/member/leave?number=M0003")
    seat.page.locator("main form input").last.fill("R8.5.31")
    seat.press_and_take("member-left")
    seat.take(f"{register}/member?number=M0003")
    seat.open(f"{register}/new-committee")
    seat.page.fill("#name", "制度部会")
    seat.page.fill("#slug", "seido")
    seat.press_and_take("committee-made")
    seat.page.locator("input[name=member]").first.check()
    seat.page.locator("main form:not(.narrow) button.button").click()
    of.camera.take("committee-seated")
    for path in ("seido/", "seido/register", "seido/member?number=M0001", "council/"):
        seat.take(f"/office/members/{path}")
    seat.take("/office/members")


def choose(seat: Seat, *rows: list[str]) -> None:
    seat.open("/office/members/council/import")
    sheet = workbook([["令和8年度 会員名簿"], [], HEAD, *rows])
    seat.page.set_input_files("#file", {"name": "名簿.xlsx", "mimeType": "", "buffer": sheet})
    seat.press()


def draft(of: Studio) -> None:
    """Every step of a draft, with what is wrong with it, and how it is frozen and sent."""
    for role in (Role.CHECKER, Role.CHAIR):
        of.officer(role).walk()
    seat = of.officer(Role.ADMINISTRATOR)
    seat.walk()
    for part in ("scratch", "copy", "file"):
        seat.send_empty(f"/office/new-assembly/{part}")
    seat.open("/office/new-assembly/scratch")
    seat.page.fill("#title", "令和8年度臨時総会")
    seat.page.fill("#slug", "2026-07")
    seat.page.select_option("#preset", "council")
    seat.press_and_take("scratch-made")
    new = ASSEMBLY.replace("2026-06", "2026-07")
    for part in ("", *WIZARD[:4], "plan/rules", "plan", "plan/preview", "plan/withdraw"):
        seat.take(f"{new}/{part}")
    for part in WIZARD[:4]:
        seat.send_empty(f"{new}/{part}")
    seat.take(f"{new}/freeze")
    for part in WIZARD:
        seat.send_empty(f"{ASSEMBLY}/{part}")
    seat.open(f"{ASSEMBLY}/plan/motions/1")
    seat.page.set_input_files("#file", {"name": "計画.pdf", "mimeType": "application/pdf", "buffer": pdf(3)})
    seat.page.locator("form[action$=documents] button").last.click()
    of.camera.take("document-added")
    seat.take(f"{ASSEMBLY}/plan/motions/1/remove")
    seat.open(f"{ASSEMBLY}/plan/rules")
    seat.page.fill("#clause_deemed", "規約第12条第3項")
    seat.press()
    seat.open(f"{ASSEMBLY}/plan/preview")
    seat.page.locator("form[action$=test-mail] button").last.click()
    of.camera.take("test-mail")
    freeze_and_send(of, seat)


def freeze_and_send(of: Studio, seat: Seat) -> None:
    checker = of.officer(Role.CHECKER, number=2)
    for act in ("freeze", "send"):
        seat.look()
        seat.take(f"{ASSEMBLY}/{act}", f"{act}-form")
        seat.press_and_take(f"{act}-asked")
        seat.take("/office/waiting")
        seat.send_empty("/" + seat.page.locator("main table a").first.get_attribute("href").lstrip("/"))  # type: ignore[union-attr]
        seat.take(f"{ASSEMBLY}/{act}", f"{act}-form-while-waiting")
        checker.look()
        checker.take("/office/waiting")
        request = checker.page.locator("main table a").first.get_attribute("href") or ""
        checker.take(request)
        checker.open("/office/step-up?next=/office/waiting")
        if "/office/step-up" in checker.page.url:
            of.camera.take("step-up")
            checker.page.fill("#code", checker.person.fresh_code())
            checker.press()
        checker.take(request, "with-factor")
        checker.send_empty(request)
        checker.open(request)
        checker.page.locator("form[action$=approve] button").click()
        of.camera.take(f"{act}-approved")
        checker.take(request)
        checker.take(f"{ASSEMBLY}/", f"after-{act}")
    seat.look()
    seat.take(f"{ASSEMBLY}/")
    of.world.send()
    of.world.read_codes()
    page = of.visitor()
    of.open("/", "home-before")
    of.open("/assemblies/council/2026-06", "assembly-before")
    page.goto(f"{of.address}/v#{of.world.codes['M0001']}")
    page.wait_for_url("**/vote")
    of.camera.take("member-before-the-opening")
    seat.look()
    seat.walk(below=ASSEMBLY)


__all__ = ["PASSWORD", "accounts", "draft", "members", "the_door"]
