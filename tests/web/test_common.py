"""The sign of life."""

from tests.web.conftest import Browser


def test_a_healthy_process_says_so_in_two_letters(browser: Browser) -> None:
    answer = browser.get("/healthz")

    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok\n", "text/plain")
