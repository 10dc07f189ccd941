"""An officer at a browser of its own, who signs in again whenever the site asks for it."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.test_accessible import sign_in
from tests.officers import Person

ASSEMBLY = "/office/a/council/2026-06"


@dataclass(frozen=True, slots=True)
class Desk:
    page: Page
    person: Person
    address: str

    def open(self, path: str) -> None:
        """Go to a page of the office; give password and factor where the session has ended meanwhile."""
        self.page.goto(self.address + path)
        if "/office/sign-in" in self.page.url:
            sign_in(self.page, self.address, self.person)
            self.page.goto(self.address + path)
        self.confirm_who()

    def confirm_who(self) -> None:
        """Give the factor once more where an act of weight asks for it."""
        if "/office/step-up" in self.page.url:
            self.page.fill("#code", self.person.fresh_code())
            self.press("確認する")

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).first.click()

    def follow(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()
        self.confirm_who()

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def propose(self, path: str) -> None:
        """Propose an act that needs two persons, on its page."""
        self.open(ASSEMBLY + path)
        self.press("この内容で申請する")
        self.sees("申請しました。")

    def approve(self) -> None:
        """Approve the oldest request that waits for this officer."""
        self.open("/office/waiting")
        with self.page.expect_navigation():
            self.page.locator("main table a").first.click()
        if self.page.get_by_role("link", name="本人の確認へ進む").count():
            self.follow("本人の確認へ進む")
        self.press("内容を確かめたので、承認して実行する")
        self.sees("承認し、実行しました。")
