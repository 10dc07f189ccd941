"""Pages that nobody wishes for, and those that only the demonstration has."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.browser.gallery.camera import Camera
from tests.browser.gallery.during import visit
from tests.browser.gallery.studio import ASSEMBLY, Studio, replace, serving
from tests.web.test_errors import Failing
from voting.core.permissions import Role
from voting.credentials.codes import RANDOM_BYTES, make_code
from voting.demo.answers import read_answers
from voting.demo.officers import hire
from voting.demo.site import add_demo
from voting.demo.stage import material, set_scene
from voting.ledger.checkpoint import Checkpoint, sign
from voting.runtime import system_clock
from voting.services.office import limits

_WITHOUT_TOKEN = "form => form.querySelector('[name=csrf_token]').value = ''"
_TOO_LONG = "form => { form.querySelector('textarea').value = 'あ'.repeat(70000); form.noValidate = true; }"


def errors(of: Studio) -> None:
    """Errors as members, the public and officers meet them."""
    page = of.visitor()
    of.open("/nowhere", "404")
    of.open("/leave", "405")
    visit(of, "M0001")
    of.open("/nowhere", "404-member")
    for name, change in (("400-too-old", _WITHOUT_TOKEN), ("413", _TOO_LONG)):
        page.goto(f"{of.address}/vote")
        page.locator("form.ballot").evaluate(change)
        page.locator("form.ballot button.button").click()
        of.camera.take(name)
    page.goto(f"{of.address}/vote")
    page.locator("button[name=all]").first.click()
    page.context.clear_cookies()
    page.locator("form.ballot button.button").click()
    of.camera.take("403-code-again")
    too_often(of)
    seat = of.officer(Role.ADMINISTRATOR)
    for path in ("/office/nowhere", "/office/sign-out", f"{ASSEMBLY}/freeze", f"{ASSEMBLY}/plan/basics"):
        seat.take(path)
    seat.open(f"{ASSEMBLY}/extend")
    seat.page.locator("main form").last.evaluate(_WITHOUT_TOKEN)
    seat.press_and_take("office-too-old")
    chair = of.officer(Role.CHAIR)
    chair.take(f"{ASSEMBLY}/extend", "office-403")
    seat.look()
    seat.open(f"{ASSEMBLY}/extend")
    seat.page.context.clear_cookies()
    seat.press_and_take("office-sign-in-again")
    behind(of)
    failing(of)


def too_often(of: Studio) -> None:
    """A code of the right shape that opens nothing, and the same after too many of them."""
    page, counted = of.camera.page, (limits.BALLOT_CODES_FROM_ADDRESS, "127.0.0.1")
    for name in ("code-unknown", "429"):
        page.goto(f"{of.address}/v")
        page.fill("#code", make_code(of.world.rt.token(RANDOM_BYTES)).printed())
        page.locator("main form button").first.click()
        of.camera.take(name)
        with suppress(limits.TooManyTries):
            while name == "code-unknown":
                limits.count_try(of.world.rt, counted)


def behind(of: Studio) -> None:
    """The anchor knows more than the database: nothing is taken."""
    anchors, origin = of.world.rt.anchors, of.world.origin
    visit(of, "M0002")
    page, ahead = of.camera.page, anchors.read(origin)
    page.locator("button[name=all]").first.click()
    page.locator("label[for='m4-2']").click()
    page.fill("#section", "企画課")
    page.fill("#respondent", "山田　花子")
    page.locator("form.ballot button.button").click()
    anchors.swap(origin, sign(Checkpoint(origin, 99, bytes(range(32))), of.world.rt.keys.signer(origin)))
    page.locator("main form button.button").first.click()
    of.camera.take("503")
    anchors.swap(origin, ahead)


def failing(of: Studio) -> None:
    """A database that is not there."""
    broken = replace(of.world.rt, database=Failing("no words of this are shown"))  # type: ignore[arg-type]
    with serving(broken) as (address, _):
        page = of.visitor()
        for path, name in (("/", "500"), ("/office/sign-in", "500-office")):
            page.goto(address + path)
            of.camera.take(name)
        page.fill("#account", "checker-1")
        page.fill("#password", "a wrong password")
        page.locator("main form button").click()
        of.camera.take("500-signing-in")


def demonstration(browser: Browser, folder: Path, language: str) -> None:
    """The demonstration's own pages, and its bar over others."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        given = material()
        scene = set_scene(
            Path(scratch) / "demo", given, real_clock=system_clock, base_url="http://127.0.0.1:8000"
        )
        hire(scene)
        sheet = read_answers(given).submissions
        with serving(scene.rt, lambda app: add_demo(app, scene, sheet)) as (address, _):
            context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="ja-JP")
            context.add_cookies([{"name": "language", "value": language, "url": address}])
            camera = Camera(context.new_page(), folder)
            letter = f"/demo/mail/{scene.postbox.members()[0].member_id}"
            for path in (
                "/demo/",
                "/demo/mail",
                "/demo/mail?q=ない",
                letter,
                "/demo/officers",
                "/",
                "/office/",
            ):
                camera.page.goto(address + path)
                camera.take(path)
            for act in ("cast", "finish"):
                camera.page.goto(f"{address}/demo/")
                camera.page.locator(f"form[action$={act}] button").first.click(timeout=120_000)
                camera.page.wait_for_load_state()
                camera.take(act)
            context.close()
        scene.rt.database.close()
