"""Who may open what page of the office, as a table for every role; and that it holds."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.officers import hire
from tests.web.conftest import SECRET
from tests.web.secretariat.conftest import Desk
from tests.world import World
from voting.app import create_app
from voting.core.errors import Broken
from voting.core.permissions import Role
from voting.i18n import word
from voting.services.office import office_sessions
from voting.web.access import Audience, rule_of
from voting.web.secretariat import assemblies

# a administrator, e entry, k checker, c chair, u auditor; * takes the second factor once more.
TABLE = """
GET  /office/                                   a e k c u
GET  /office/a/<body>/<assembly>/               a e k c u
GET  /office/a/<body>/<assembly>/after-closing  a e k c u
GET  /office/a/<body>/<assembly>/amend          a . . . . *
POST /office/a/<body>/<assembly>/amend          a . . . . *
GET  /office/a/<body>/<assembly>/amend/papers/<sha256> a . k . .
GET  /office/a/<body>/<assembly>/audit-bundle   a . . . u *
GET  /office/a/<body>/<assembly>/certify        . . . c . *
POST /office/a/<body>/<assembly>/certify        . . . c . *
POST /office/a/<body>/<assembly>/close          a . . . .
GET  /office/a/<body>/<assembly>/correct        . . . c . *
POST /office/a/<body>/<assembly>/correct        . . . c . *
GET  /office/a/<body>/<assembly>/count          a . . . . *
POST /office/a/<body>/<assembly>/count          a . . . . *
GET  /office/a/<body>/<assembly>/deliveries     a e k c u
POST /office/a/<body>/<assembly>/deliveries     a . . c .
GET  /office/a/<body>/<assembly>/erase          a . . . . *
POST /office/a/<body>/<assembly>/erase          a . . . . *
GET  /office/a/<body>/<assembly>/errata-letter  a e k c u
POST /office/a/<body>/<assembly>/errata-letter  a e k c u
GET  /office/a/<body>/<assembly>/erratum        a . . . . *
POST /office/a/<body>/<assembly>/erratum        a . . . . *
GET  /office/a/<body>/<assembly>/extend         a . . . . *
POST /office/a/<body>/<assembly>/extend         a . . . . *
GET  /office/a/<body>/<assembly>/facts          a . . c . *
POST /office/a/<body>/<assembly>/facts/decision a . . c . *
POST /office/a/<body>/<assembly>/facts/left     a . . c . *
GET  /office/a/<body>/<assembly>/freeze         a . . . . *
POST /office/a/<body>/<assembly>/freeze         a . . . . *
GET  /office/a/<body>/<assembly>/incidents      a e k c u
GET  /office/a/<body>/<assembly>/letterhead     a e k c u
POST /office/a/<body>/<assembly>/letterhead-restore a . . . .
GET  /office/a/<body>/<assembly>/letterhead/<part> a . . . .
POST /office/a/<body>/<assembly>/letterhead/<part> a . . . .
GET  /office/a/<body>/<assembly>/letterhead/versions/<int:number>.toml a e k c u
GET  /office/a/<body>/<assembly>/minutes        a e k c u
GET  /office/a/<body>/<assembly>/minutes/<int:version>.pdf a e k c u
GET  /office/a/<body>/<assembly>/new-incident   a . . . . *
POST /office/a/<body>/<assembly>/new-incident   a . . . . *
GET  /office/a/<body>/<assembly>/new-paper      a e k . .
POST /office/a/<body>/<assembly>/new-paper      a e k . .
GET  /office/a/<body>/<assembly>/papers         a e k c u
GET  /office/a/<body>/<assembly>/papers/<serial> a e k c u
POST /office/a/<body>/<assembly>/papers/<serial>/adopt a e k . .
POST /office/a/<body>/<assembly>/papers/<serial>/aside a e k . .
GET  /office/a/<body>/<assembly>/papers/<serial>/entry a e k . .
POST /office/a/<body>/<assembly>/papers/<serial>/entry a e k . .
GET  /office/a/<body>/<assembly>/papers/<serial>/evidence a . . . u
GET  /office/a/<body>/<assembly>/papers/<serial>/evidence/<int:number> a . . . u
GET  /office/a/<body>/<assembly>/papers/<serial>/scan a e k . .
GET  /office/a/<body>/<assembly>/papers/<serial>/scan/<int:number> a e k . .
GET  /office/a/<body>/<assembly>/papers/<serial>/sender a e k . .
POST /office/a/<body>/<assembly>/papers/<serial>/sender a e k . .
POST /office/a/<body>/<assembly>/papers/<serial>/take-back a e k . .
GET  /office/a/<body>/<assembly>/participation  a e k c u
GET  /office/a/<body>/<assembly>/participation.csv a e k c u
GET  /office/a/<body>/<assembly>/participation.xlsx a e k c u
GET  /office/a/<body>/<assembly>/participation/names a e k c u
POST /office/a/<body>/<assembly>/participation/names a e k c u
GET  /office/a/<body>/<assembly>/plan           a e k c u
GET  /office/a/<body>/<assembly>/plan/assembly.toml a e k c u
GET  /office/a/<body>/<assembly>/plan/basics    a . . . .
POST /office/a/<body>/<assembly>/plan/basics    a . . . .
GET  /office/a/<body>/<assembly>/plan/dates     a . . . .
POST /office/a/<body>/<assembly>/plan/dates     a . . . .
GET  /office/a/<body>/<assembly>/plan/documents/<sha256>/<name> a e k c u
GET  /office/a/<body>/<assembly>/plan/motions   a . . . .
POST /office/a/<body>/<assembly>/plan/motions   a . . . .
GET  /office/a/<body>/<assembly>/plan/motions/<int:number> a . . . .
POST /office/a/<body>/<assembly>/plan/motions/<int:number> a . . . .
POST /office/a/<body>/<assembly>/plan/motions/<int:number>/documents a . . . .
POST /office/a/<body>/<assembly>/plan/motions/<int:number>/documents/remove a . . . .
GET  /office/a/<body>/<assembly>/plan/motions/<int:number>/remove a . . . .
POST /office/a/<body>/<assembly>/plan/motions/<int:number>/remove a . . . .
GET  /office/a/<body>/<assembly>/plan/motions/new a . . . .
POST /office/a/<body>/<assembly>/plan/motions/new a . . . .
GET  /office/a/<body>/<assembly>/plan/preview   a e k c u
GET  /office/a/<body>/<assembly>/plan/preview/page a e k c u
GET  /office/a/<body>/<assembly>/plan/rules     a . . . .
POST /office/a/<body>/<assembly>/plan/rules     a . . . .
POST /office/a/<body>/<assembly>/plan/test-mail a . . . .
GET  /office/a/<body>/<assembly>/plan/withdraw  a . . . .
POST /office/a/<body>/<assembly>/plan/withdraw  a . . . .
GET  /office/a/<body>/<assembly>/prints         a e k c u
GET  /office/a/<body>/<assembly>/prints/<paper> a e k c u
GET  /office/a/<body>/<assembly>/prints/<paper>.pdf a e k c u
GET  /office/a/<body>/<assembly>/questions      a e k c u
GET  /office/a/<body>/<assembly>/questions/<int:number> a e k c u
POST /office/a/<body>/<assembly>/questions/<int:number> a . k . .
POST /office/a/<body>/<assembly>/questions/<int:number>/aside a . k . .
POST /office/a/<body>/<assembly>/questions/<int:number>/take-up a . k . .
GET  /office/a/<body>/<assembly>/questions/receive a e k . .
POST /office/a/<body>/<assembly>/questions/receive a e k . .
GET  /office/a/<body>/<assembly>/questions/replies.pdf a e k c u
GET  /office/a/<body>/<assembly>/questions/send a . . . . *
POST /office/a/<body>/<assembly>/questions/send a . . . . *
GET  /office/a/<body>/<assembly>/recount        a e k c u
GET  /office/a/<body>/<assembly>/reissue        a . k . . *
POST /office/a/<body>/<assembly>/reissue        a . k . . *
POST /office/a/<body>/<assembly>/reissue/new    a . . . . *
GET  /office/a/<body>/<assembly>/reminder       a . . . . *
POST /office/a/<body>/<assembly>/reminder       a . . . . *
GET  /office/a/<body>/<assembly>/send           a . . . . *
POST /office/a/<body>/<assembly>/send           a . . . . *
GET  /office/a/<body>/<assembly>/sign-minutes   . . . c . *
POST /office/a/<body>/<assembly>/sign-minutes   . . . c . *
GET  /office/a/<body>/<assembly>/sign-minutes/paper.pdf . . . c u
GET  /office/choose                             a e k c u
GET  /office/enrol                              who has given the password
POST /office/enrol                              who has given the password
GET  /office/journal                            a e k c u
GET  /office/lost-factor                        who has given the password
POST /office/lost-factor                        who has given the password
GET  /office/me                                 a e k c u
GET  /office/me/passkeys/new                    a e k c u *
POST /office/me/passkeys/new                    a e k c u *
POST /office/me/passkeys/remove                 a e k c u *
POST /office/me/password                        a e k c u
GET  /office/me/sessions                        a e k c u
POST /office/me/sessions/end                    a e k c u
GET  /office/members                            a e k c u
GET  /office/members/<body>/                    a e k c u
GET  /office/members/<body>/contacts            a e k c u
GET  /office/members/<body>/contacts/end        a . . . .
POST /office/members/<body>/contacts/end        a . . . .
GET  /office/members/<body>/contacts/list.csv   a e k c u
GET  /office/members/<body>/contacts/new        a . . . . *
POST /office/members/<body>/contacts/new        a . . . . *
GET  /office/members/<body>/contacts/reminder   a . . . . *
POST /office/members/<body>/contacts/reminder   a . . . . *
GET  /office/members/<body>/contacts/request    a e k c u
POST /office/members/<body>/contacts/request/refuse a . . . .
POST /office/members/<body>/contacts/request/take a . . . .
GET  /office/members/<body>/files               a e k c u
GET  /office/members/<body>/files/<kind>        a e k c u
GET  /office/members/<body>/import              a . . . .
POST /office/members/<body>/import              a . . . .
GET  /office/members/<body>/import/<upload_id>  a . . . .
POST /office/members/<body>/import/<upload_id>/choices a . . . .
GET  /office/members/<body>/import/<upload_id>/columns a . . . .
POST /office/members/<body>/import/<upload_id>/columns a . . . .
POST /office/members/<body>/import/<upload_id>/confirm a . . . .
POST /office/members/<body>/import/<upload_id>/give-up a . . . .
POST /office/members/<body>/kinds               a . . . .
GET  /office/members/<body>/member              a e k c u
POST /office/members/<body>/member/contact      a . . . .
GET  /office/members/<body>/member/edit         a . . . .
POST /office/members/<body>/member/edit         a . . . .
GET  /office/members/<body>/member/leave        a . . . .
POST /office/members/<body>/member/leave        a . . . .
POST /office/members/<body>/member/return       a . . . .
GET  /office/members/<body>/new-committee       a . . . .
POST /office/members/<body>/new-committee       a . . . .
GET  /office/members/<body>/new-member          a . . . .
POST /office/members/<body>/new-member          a . . . .
GET  /office/members/<body>/register            a e k c u
GET  /office/members/<body>/seats               a . . . .
POST /office/members/<body>/seats               a . . . .
GET  /office/new-assembly                       a . . . .
GET  /office/new-assembly/copy                  a . . . .
POST /office/new-assembly/copy                  a . . . .
GET  /office/new-assembly/file                  a . . . .
POST /office/new-assembly/file                  a . . . .
GET  /office/new-assembly/scratch               a . . . .
POST /office/new-assembly/scratch               a . . . .
GET  /office/new-body                           a . . . .
POST /office/new-body                           a . . . .
GET  /office/new-officer                        a . . . . *
POST /office/new-officer                        a . . . . *
GET  /office/new-password                       who has given the password
POST /office/new-password                       who has given the password
GET  /office/officers                           a . . . .
GET  /office/officers/<officer_id>              a . . . .
GET  /office/officers/<officer_id>/lock         a . . . .
POST /office/officers/<officer_id>/lock         a . . . . *
POST /office/officers/<officer_id>/recover      a . . . . *
POST /office/officers/<officer_id>/role         a . . . . *
POST /office/officers/<officer_id>/unlock       a . . . . *
GET  /office/retention                          a e k c u
GET  /office/second-factor                      who has given the password
POST /office/second-factor                      who has given the password
GET  /office/sign-in                            anybody
POST /office/sign-in                            anybody
POST /office/sign-out                           anybody
GET  /office/step-up                            a e k c u
POST /office/step-up                            a e k c u
GET  /office/waiting                            a e k c u
GET  /office/waiting/<request_id>               a e k c u
POST /office/waiting/<request_id>/approve       a e k c u *
GET  /office/waiting/<request_id>/minutes.pdf   . . . c u
POST /office/waiting/<request_id>/refuse        a e k c u
POST /office/waiting/<request_id>/withdraw      a e k c u
"""
LETTERS = {
    Role.ADMINISTRATOR: "a",
    Role.ENTRY: "e",
    Role.CHECKER: "k",
    Role.CHAIR: "c",
    Role.AUDITOR: "u",
}
WORDS = {Audience.PUBLIC: "anybody", Audience.SIGNING_IN: "who has given the password"}
# What stands for the variable parts of an address.
PARTS = {
    "<body>": "council",
    "<assembly>": "2026-06",
    "<officer_id>": "entry-2",
    "<request_id>": "0" * 16,
    "<upload_id>": "0" * 32,
    "<kind>": "csv",
    "<serial>": "F-1",
    "<paper>": "notice",
    "<int:number>": "1",
    "<int:version>": "1",
    "<part>": "letter",
    "<sha256>": "0" * 64,
    "<name>": "a.pdf",
}


def pages(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Method, address and who may open it, of every page of the office, in the order of the table."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        marked = rule_of(app.view_functions[rule.endpoint])
        if not rule.rule.startswith("/office") or marked is None:
            continue
        who = WORDS.get(marked.audience) or " ".join(
            letter if role in marked.roles else "." for role, letter in LETTERS.items()
        )
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield method, rule.rule, who + (" *" if marked.steps_up else "")


def send(desk: Desk, method: str, rule: str) -> TestResponse:
    address = rule
    for part, value in PARTS.items():
        address = address.replace(part, value)
    if method == "GET":
        return desk.get(address)
    desk.get("/office/sign-in")
    desk.get("/office/me")
    return desk.post(address)


def lines() -> list[str]:
    return TABLE.strip().split("\n")


def test_the_office_is_this_table(app: Flask) -> None:
    printed = [f"{method:4} {rule:42} {who}" for method, rule, who in sorted(pages(app), key=_order)]

    assert printed == lines()


def _order(row: tuple[str, str, str]) -> tuple[str, str]:
    return row[1], row[0]


def test_every_page_of_the_office_is_tried_below(app: Flask) -> None:
    assert {rule for _, rule, _ in pages(app)} == {
        each.rule for each in app.url_map.iter_rules() if each.endpoint.startswith("secretariat.")
    }


def test_a_page_of_the_office_without_a_rule_stops_the_program(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(assemblies.dashboard.__dict__, "access-rule")

    with pytest.raises(Broken, match="/office/a/<body>/<assembly>/"):
        create_app(world.rt, secret=SECRET, secure_cookies=False)


def test_nobody_opens_anything_but_the_page_for_signing_in(app: Flask, desk: Desk) -> None:
    for method, rule, who in pages(app):
        answer = send(desk, method, rule)

        if who == "anybody":
            assert answer.status_code in (200, 422), rule
        elif method == "GET":
            assert answer.status_code == 303, rule
            assert answer.location.startswith("/office/sign-in?next=%2Foffice"), rule
        else:
            assert answer.status_code == 403, rule
            assert "もう一度ログインしてください" in answer.text


def test_a_member_with_a_code_opens_nothing_of_the_office(app: Flask, world: World, desk: Desk) -> None:
    desk.open(world.codes["M0001"])

    for method, rule, who in pages(app):
        if who != "anybody":
            assert send(desk, method, rule).status_code == (303 if method == "GET" else 403), rule


def test_the_password_alone_opens_nothing_but_the_second_factor(app: Flask, world: World, desk: Desk) -> None:
    desk.give_password(hire(world, Role.ADMINISTRATOR))

    for method, rule, who in pages(app):
        if who.startswith(("anybody", "who has")):
            continue
        answer = send(desk, method, rule)
        assert (answer.status_code, answer.location) == (303, "/office/second-factor"), rule


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_exactly_its_pages(app: Flask, seat: Callable[..., Desk], role: Role) -> None:
    desk = seat(role)

    for method, rule, who in pages(app):
        if rule == "/office/sign-out":
            continue
        answer = send(desk, method, rule)
        if who.startswith("who has"):
            assert (answer.status_code, answer.location) == (303, "/office/"), rule
        elif who != "anybody" and LETTERS[role] not in who.split():
            assert answer.status_code == 403, (method, rule)
            said = answer.text.partition("権限がありません")[2]
            assert any(word(each.value, "ja") in said for each in LETTERS if LETTERS[each] in who.split()), (
                rule
            )
        else:
            # What the empty form lacks is told; nobody is sent away, and nothing breaks.
            assert answer.status_code in (200, 303, 404, 409, 422), (method, rule, answer.status_code)
            assert "/office/sign-in" not in (answer.location or "")


@pytest.mark.parametrize("role", list(Role))
def test_an_act_of_weight_takes_the_second_factor_once_more(
    app: Flask, world: World, seat: Callable[..., Desk], role: Role
) -> None:
    desk = seat(role)
    world.clock.at += office_sessions.STEP_UP

    for method, rule, who in pages(app):
        if "*" in who and LETTERS[role] in who.split():
            answer = send(desk, method, rule)
            assert answer.status_code == 303, (method, rule)
            assert answer.location.startswith("/office/step-up?next=%2Foffice%2F"), (method, rule)
