"""名簿確認: the office asks, members answer in every way, the office settles."""

from tests.browser.gallery.during import approve
from tests.browser.gallery.studio import Studio
from tests.browser.test_contacts import LAST_DAY, PAGE, link, reachable
from voting.core.permissions import Role


def contacts(of: Studio) -> None:
    """Every page of asking members, from nobody asked to the end before the last day."""
    reachable(of.world)
    seat, checker = of.officer(Role.ADMINISTRATOR), of.officer(Role.CHECKER)
    seat.look()
    seat.take(PAGE, "nobody-asked")
    seat.open("/office/step-up?next=/office/members")
    seat.page.fill("#code", seat.person.fresh_code())
    seat.press()
    seat.take(f"{PAGE}/new", "new")
    seat.page.fill("#last_day", LAST_DAY)
    seat.page.fill("#words", "年度初めの異動の時期です。\n担当の方が替わっていないか、お確かめください。")
    seat.page.fill("#contact", "架空協議会事務局 総務担当(電話 00-0000-0000、office@example.jp)")
    seat.press_beside("last_day")
    of.camera.take("proposal")
    seat.press_beside("note")
    of.camera.take("asked")
    approve(of, checker, "contacts")
    answered(of)
    seat.look()
    for query, name in (("", "board"), ("?only=change", "board-one-state")):
        seat.take(PAGE + query, name)
    for number in ("M0001", "M0002"):
        seat.open(PAGE)
        seat.page.locator(f"a[href*='request'][href*='number={number}']").first.click()
        of.camera.take(f"request-{number}")
    seat.page.locator("form[action*='/refuse'] button").click()
    of.camera.take("refusal-without-reason")
    seat.open(PAGE)
    seat.page.locator("a[href*='/reminder']").click()
    of.camera.take("reminder")
    seat.take(f"{PAGE}/end", "end")
    seat.page.locator("form[action$='/end'] button").click()
    of.camera.take("ended")
    of.visitor()
    of.open("/contact", "code-again")


def answered(of: Studio) -> None:
    """M0001 wants a change, M0002 is not in charge, M0003 has nothing to say."""
    page = of.visitor()
    of.open("/contact", "code")
    page.goto(link(of.world, of.address, "m0001@example.jp"))
    page.wait_for_selector("#person")
    of.camera.take("known")
    page.locator("main form button.button").click()
    of.camera.take("known-with-faults")
    page.fill("#section", "企画課")
    page.fill("#person", "架空 花子")
    page.locator("button[formaction='/contact/change-form']").click()
    of.camera.take("change")
    page.fill("#wanted-addresses", "宛先なし")
    page.locator("main form button.button").click()
    of.camera.take("change-with-faults")
    page.fill("#wanted-addresses", "soumu@example.jp\nkikaku@example.jp")
    page.fill("#wanted-section", "総合政策部企画調整課二地域居住推進係")
    page.fill("#remark", "住所は〒000-0000 架空県架空市1-1に変わりました。")
    page.locator("main form button.button").click()
    of.camera.take("change-done")
    page = of.visitor()
    page.goto(link(of.world, of.address, "m0002@example.jp"))
    page.wait_for_selector("#person")
    page.fill("#section", "総務課")
    page.fill("#person", "架空 太郎")
    page.locator("button[formaction='/contact/elsewhere-form']").click()
    of.camera.take("elsewhere")
    page.fill("#remark", "企画課が担当です。")
    page.locator("main form button.button").click()
    of.camera.take("elsewhere-done")
    page.goto(f"{of.address}/contact")
    page.goto(link(of.world, of.address, "m0002@example.jp"))
    page.wait_for_selector("#person")
    of.camera.take("known-again")
