"""Who may open what, as one page that an auditor can read."""

import dataclasses
import re
import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from tests.web.conftest import SECRET, Browser
from tests.world import World
from voting.app import create_app
from voting.core.errors import Broken
from voting.web.access import access_table, rule_of

TABLE = """
GET      /                                                                      public
GET      /assemblies/<body>/<assembly>                                          public
GET      /assemblies/<body>/<assembly>/<name>                                   public
GET      /assemblies/<body>/<assembly>/bundle.zip                               public
GET      /assemblies/<body>/<assembly>/checkpoint                               public
GET      /assemblies/<body>/<assembly>/log.vkey                                 public
GET      /contact                                                               public
POST     /contact                                                               public
POST     /contact/change                                                        public
POST     /contact/change-form                                                   public
POST     /contact/confirm                                                       public
POST     /contact/elsewhere                                                     public
POST     /contact/elsewhere-form                                                public
GET      /documents/<sha256>/<name>                                             public
GET      /healthz                                                               public
GET      /language                                                              public
POST     /language                                                              public
POST     /leave                                                                 public
GET      /ledger/                                                               public
GET      /ledger/<host>/<body>/<assembly>/checkpoint                            public
POST     /ledger/<host>/<body>/<assembly>/cosignature                           witness
GET      /ledger/<host>/<body>/<assembly>/tile/<path:place>                     public
GET      /office/                                                               office
GET      /office/a/<body>/<assembly>/                                           office
GET      /office/a/<body>/<assembly>/after-closing                              read-participation
GET      /office/a/<body>/<assembly>/amend                                      amend, first
POST     /office/a/<body>/<assembly>/amend                                      amend, first
GET      /office/a/<body>/<assembly>/amend/papers/<sha256>                      amend
GET      /office/a/<body>/<assembly>/audit-bundle                               read-names
GET      /office/a/<body>/<assembly>/certify                                    certify, first
POST     /office/a/<body>/<assembly>/certify                                    certify, first
POST     /office/a/<body>/<assembly>/close                                      close
GET      /office/a/<body>/<assembly>/correct                                    correct, first
POST     /office/a/<body>/<assembly>/correct                                    correct, first
GET      /office/a/<body>/<assembly>/count                                      count
POST     /office/a/<body>/<assembly>/count                                      count
GET      /office/a/<body>/<assembly>/deliveries                                 read-participation
POST     /office/a/<body>/<assembly>/deliveries                                 record-fact
GET      /office/a/<body>/<assembly>/erase                                      erase, first
POST     /office/a/<body>/<assembly>/erase                                      erase, first
GET      /office/a/<body>/<assembly>/errata-letter                              read-roll
POST     /office/a/<body>/<assembly>/errata-letter                              read-roll
GET      /office/a/<body>/<assembly>/erratum                                    amend, first
POST     /office/a/<body>/<assembly>/erratum                                    amend, first
GET      /office/a/<body>/<assembly>/extend                                     extend, first
POST     /office/a/<body>/<assembly>/extend                                     extend, first
GET      /office/a/<body>/<assembly>/facts                                      record-fact, first
POST     /office/a/<body>/<assembly>/facts/decision                             record-fact, first
POST     /office/a/<body>/<assembly>/facts/left                                 record-fact, first
GET      /office/a/<body>/<assembly>/freeze                                     freeze, first
POST     /office/a/<body>/<assembly>/freeze                                     freeze, first
GET      /office/a/<body>/<assembly>/incidents                                  read-participation
GET      /office/a/<body>/<assembly>/letterhead                                 read-roll
POST     /office/a/<body>/<assembly>/letterhead-restore                         draft
GET      /office/a/<body>/<assembly>/letterhead/<part>                          draft
POST     /office/a/<body>/<assembly>/letterhead/<part>                          draft
GET      /office/a/<body>/<assembly>/letterhead/versions/<int:number>.toml      read-roll
GET      /office/a/<body>/<assembly>/minutes                                    read-roll
GET      /office/a/<body>/<assembly>/minutes/<int:version>.pdf                  read-roll
GET      /office/a/<body>/<assembly>/new-incident                               record-incident
POST     /office/a/<body>/<assembly>/new-incident                               record-incident
GET      /office/a/<body>/<assembly>/new-paper                                  register-paper
POST     /office/a/<body>/<assembly>/new-paper                                  register-paper
GET      /office/a/<body>/<assembly>/papers                                     read-participation
GET      /office/a/<body>/<assembly>/papers/<serial>                            read-participation
POST     /office/a/<body>/<assembly>/papers/<serial>/adopt                      enter-paper
POST     /office/a/<body>/<assembly>/papers/<serial>/aside                      enter-paper
GET      /office/a/<body>/<assembly>/papers/<serial>/entry                      enter-paper
POST     /office/a/<body>/<assembly>/papers/<serial>/entry                      enter-paper
GET      /office/a/<body>/<assembly>/papers/<serial>/evidence                   read-names
GET      /office/a/<body>/<assembly>/papers/<serial>/evidence/<int:number>      read-names
GET      /office/a/<body>/<assembly>/papers/<serial>/scan                       enter-paper
GET      /office/a/<body>/<assembly>/papers/<serial>/scan/<int:number>          enter-paper
GET      /office/a/<body>/<assembly>/papers/<serial>/sender                     enter-paper
POST     /office/a/<body>/<assembly>/papers/<serial>/sender                     enter-paper
POST     /office/a/<body>/<assembly>/papers/<serial>/take-back                  enter-paper
GET      /office/a/<body>/<assembly>/participation                              read-participation
GET      /office/a/<body>/<assembly>/participation.csv                          read-participation
GET      /office/a/<body>/<assembly>/participation.xlsx                         read-participation
GET      /office/a/<body>/<assembly>/participation/names                        read-participation
POST     /office/a/<body>/<assembly>/participation/names                        read-participation
GET      /office/a/<body>/<assembly>/plan                                       office
GET      /office/a/<body>/<assembly>/plan/assembly.toml                         office
GET      /office/a/<body>/<assembly>/plan/basics                                draft
POST     /office/a/<body>/<assembly>/plan/basics                                draft
GET      /office/a/<body>/<assembly>/plan/dates                                 draft
POST     /office/a/<body>/<assembly>/plan/dates                                 draft
GET      /office/a/<body>/<assembly>/plan/documents/<sha256>/<name>             office
GET      /office/a/<body>/<assembly>/plan/motions                               draft
POST     /office/a/<body>/<assembly>/plan/motions                               draft
GET      /office/a/<body>/<assembly>/plan/motions/<int:number>                  draft
POST     /office/a/<body>/<assembly>/plan/motions/<int:number>                  draft
POST     /office/a/<body>/<assembly>/plan/motions/<int:number>/documents        draft
POST     /office/a/<body>/<assembly>/plan/motions/<int:number>/documents/remove draft
GET      /office/a/<body>/<assembly>/plan/motions/<int:number>/remove           draft
POST     /office/a/<body>/<assembly>/plan/motions/<int:number>/remove           draft
GET      /office/a/<body>/<assembly>/plan/motions/new                           draft
POST     /office/a/<body>/<assembly>/plan/motions/new                           draft
GET      /office/a/<body>/<assembly>/plan/preview                               read-roll
GET      /office/a/<body>/<assembly>/plan/preview/page                          read-roll
GET      /office/a/<body>/<assembly>/plan/rules                                 draft
POST     /office/a/<body>/<assembly>/plan/rules                                 draft
POST     /office/a/<body>/<assembly>/plan/test-mail                             draft
GET      /office/a/<body>/<assembly>/plan/withdraw                              draft
POST     /office/a/<body>/<assembly>/plan/withdraw                              draft
GET      /office/a/<body>/<assembly>/prints                                     read-roll
GET      /office/a/<body>/<assembly>/prints/<paper>                             read-roll
GET      /office/a/<body>/<assembly>/prints/<paper>.pdf                         read-roll
GET      /office/a/<body>/<assembly>/questions                                  read-participation
GET      /office/a/<body>/<assembly>/questions/<int:number>                     read-participation
POST     /office/a/<body>/<assembly>/questions/<int:number>                     send
POST     /office/a/<body>/<assembly>/questions/<int:number>/aside               send
POST     /office/a/<body>/<assembly>/questions/<int:number>/take-up             send
GET      /office/a/<body>/<assembly>/questions/receive                          register-paper
POST     /office/a/<body>/<assembly>/questions/receive                          register-paper
GET      /office/a/<body>/<assembly>/questions/replies.pdf                      read-participation
GET      /office/a/<body>/<assembly>/questions/send                             send, first
POST     /office/a/<body>/<assembly>/questions/send                             send, first
GET      /office/a/<body>/<assembly>/recount                                    read-participation
GET      /office/a/<body>/<assembly>/reissue                                    reissue
POST     /office/a/<body>/<assembly>/reissue                                    reissue
POST     /office/a/<body>/<assembly>/reissue/new                                reissue, first
GET      /office/a/<body>/<assembly>/reminder                                   send, first
POST     /office/a/<body>/<assembly>/reminder                                   send, first
GET      /office/a/<body>/<assembly>/send                                       send, first
POST     /office/a/<body>/<assembly>/send                                       send, first
GET      /office/a/<body>/<assembly>/sign-minutes                               sign-minutes, first
POST     /office/a/<body>/<assembly>/sign-minutes                               sign-minutes, first
GET      /office/a/<body>/<assembly>/sign-minutes/paper.pdf                     sign-minutes
GET      /office/choose                                                         office
GET      /office/enrol                                                          signing-in
POST     /office/enrol                                                          signing-in
GET      /office/journal                                                        office
GET      /office/lost-factor                                                    signing-in
POST     /office/lost-factor                                                    signing-in
GET      /office/me                                                             office
GET      /office/me/passkeys/new                                                office
POST     /office/me/passkeys/new                                                office
POST     /office/me/passkeys/remove                                             office
POST     /office/me/password                                                    office
GET      /office/me/sessions                                                    office
POST     /office/me/sessions/end                                                office
GET      /office/members                                                        read-roll
GET      /office/members/<body>/                                                read-roll
GET      /office/members/<body>/contacts                                        read-roll
GET      /office/members/<body>/contacts/end                                    edit-roll
POST     /office/members/<body>/contacts/end                                    edit-roll
GET      /office/members/<body>/contacts/list.csv                               read-roll
GET      /office/members/<body>/contacts/new                                    ask-members, first
POST     /office/members/<body>/contacts/new                                    ask-members, first
GET      /office/members/<body>/contacts/reminder                               ask-members, first
POST     /office/members/<body>/contacts/reminder                               ask-members, first
GET      /office/members/<body>/contacts/request                                read-roll
POST     /office/members/<body>/contacts/request/refuse                         edit-roll
POST     /office/members/<body>/contacts/request/take                           edit-roll
GET      /office/members/<body>/files                                           read-roll
GET      /office/members/<body>/files/<kind>                                    read-roll
GET      /office/members/<body>/import                                          edit-roll
POST     /office/members/<body>/import                                          edit-roll
GET      /office/members/<body>/import/<upload_id>                              edit-roll
POST     /office/members/<body>/import/<upload_id>/choices                      edit-roll
GET      /office/members/<body>/import/<upload_id>/columns                      edit-roll
POST     /office/members/<body>/import/<upload_id>/columns                      edit-roll
POST     /office/members/<body>/import/<upload_id>/confirm                      edit-roll
POST     /office/members/<body>/import/<upload_id>/give-up                      edit-roll
POST     /office/members/<body>/kinds                                           edit-roll
GET      /office/members/<body>/member                                          read-roll
POST     /office/members/<body>/member/contact                                  edit-roll
GET      /office/members/<body>/member/edit                                     edit-roll
POST     /office/members/<body>/member/edit                                     edit-roll
GET      /office/members/<body>/member/leave                                    edit-roll
POST     /office/members/<body>/member/leave                                    edit-roll
POST     /office/members/<body>/member/return                                   edit-roll
GET      /office/members/<body>/new-committee                                   draft
POST     /office/members/<body>/new-committee                                   draft
GET      /office/members/<body>/new-member                                      edit-roll
POST     /office/members/<body>/new-member                                      edit-roll
GET      /office/members/<body>/register                                        read-roll
GET      /office/members/<body>/seats                                           edit-roll
POST     /office/members/<body>/seats                                           edit-roll
GET      /office/new-assembly                                                   draft
GET      /office/new-assembly/copy                                              draft
POST     /office/new-assembly/copy                                              draft
GET      /office/new-assembly/file                                              draft
POST     /office/new-assembly/file                                              draft
GET      /office/new-assembly/scratch                                           draft
POST     /office/new-assembly/scratch                                           draft
GET      /office/new-body                                                       draft
POST     /office/new-body                                                       draft
GET      /office/new-officer                                                    manage-accounts
POST     /office/new-officer                                                    manage-accounts
GET      /office/new-password                                                   signing-in
POST     /office/new-password                                                   signing-in
GET      /office/officers                                                       manage-accounts
GET      /office/officers/<officer_id>                                          manage-accounts
GET      /office/officers/<officer_id>/lock                                     manage-accounts
POST     /office/officers/<officer_id>/lock                                     manage-accounts
POST     /office/officers/<officer_id>/recover                                  recover-account
POST     /office/officers/<officer_id>/role                                     manage-accounts
POST     /office/officers/<officer_id>/unlock                                   manage-accounts
GET      /office/retention                                                      read-participation
GET      /office/second-factor                                                  signing-in
POST     /office/second-factor                                                  signing-in
GET      /office/sign-in                                                        public
POST     /office/sign-in                                                        public
POST     /office/sign-out                                                       public
GET      /office/step-up                                                        office
POST     /office/step-up                                                        office
GET      /office/waiting                                                        office
GET      /office/waiting/<request_id>                                           office
POST     /office/waiting/<request_id>/approve                                   office
GET      /office/waiting/<request_id>/minutes.pdf                               sign-minutes
POST     /office/waiting/<request_id>/refuse                                    office
POST     /office/waiting/<request_id>/withdraw                                  office
GET      /static/<path:filename>                                                public
GET      /v                                                                     public
POST     /v                                                                     public
GET      /verifier                                                              public
GET      /vote                                                                  member
GET      /vote/ballot.txt                                                       member
POST     /vote/cast                                                             member
GET,POST /vote/draft                                                            member
POST     /vote/fill                                                             member
GET      /vote/questions                                                        member
POST     /vote/questions                                                        member
GET      /vote/questions/<int:number>                                           member
GET      /vote/questions/replies-<int:index>.txt                                member
GET      /vote/receipt/<int:index>.pdf                                          member
GET      /vote/receipt/<int:index>.tlog-proof                                   member
GET      /vote/receipt/<int:index>/english.pdf                                  member
GET      /vote/receipt/<int:index>/final-english.pdf                            member
GET      /vote/receipt/<int:index>/final.pdf                                    member
GET      /vote/receipt/<int:index>/final.tlog-proof                             member
POST     /vote/review                                                           member
"""


def test_the_whole_site_is_this_table(app: Flask) -> None:
    rows = [f"{methods:8} {rule:70} {audience}" for methods, rule, audience in access_table(app)]

    assert rows == TABLE.strip().split("\n")


def test_a_view_that_does_not_say_who_may_open_it_stops_the_program(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "")

    with pytest.raises(Broken):
        access_table(app)


def test_every_members_address_asks_for_the_code_first(app: Flask, browser: Browser) -> None:
    member = [(rule, methods) for methods, rule, audience in access_table(app) if audience == "member"]
    for rule, methods in member:
        address = rule.replace("<int:index>", "3").replace("<int:number>", "1")
        if "GET" in methods:
            answer = browser.get(address)
            assert (answer.status_code, answer.location) == (303, "/v"), rule
        if "POST" in methods:
            browser.get("/v")
            assert browser.post(address).status_code == 403, rule


def test_no_get_writes_anything(world: World, browser: Browser) -> None:
    world.cast("M0001")
    browser.open(world.codes["M0001"])
    file = world.rt.database.engine.url.database
    watcher = sqlite3.connect(str(file))
    before = watcher.execute("PRAGMA data_version").fetchone()
    drawn = dataclasses.replace(world.rt.token)

    for address in (
        "/",
        "/v",
        "/vote",
        "/vote/ballot.txt",
        "/vote/draft",
        "/vote/receipt/3.pdf",
        "/vote/receipt/3.tlog-proof",
        "/assemblies/council/2026-06",
        "/assemblies/council/2026-06/checkpoint",
        "/assemblies/council/2026-06/log.vkey",
        "/ledger/",
        "/ledger/vote.example.or.jp/council/2026-06/checkpoint",
        "/ledger/vote.example.or.jp/council/2026-06/tile/entries/000.p/3",
        "/verifier",
        "/healthz",
    ):
        assert browser.get(address).status_code == 200, address

    assert watcher.execute("PRAGMA data_version").fetchone() == before
    assert world.rt.token == drawn
    watcher.close()


def test_a_part_of_the_site_can_be_served_alone(world: World) -> None:
    app = create_app(world.rt, secret=SECRET, secure_cookies=False, parts=("public",))

    assert app.test_client().get("/").status_code == 200
    assert app.test_client().get("/v").status_code == 404
    assert '/v"' not in app.test_client().get("/").text


@pytest.mark.parametrize(("secret", "parts"), [(b"short", ("member",)), (SECRET, ("member", "secretary"))])
def test_a_site_set_up_wrongly_does_not_start(world: World, secret: bytes, parts: tuple[str, ...]) -> None:
    with pytest.raises(Broken):
        create_app(world.rt, secret=secret, secure_cookies=False, parts=parts)


def test_the_proxy_of_the_operations_manual_lets_the_largest_form_pass(app: Flask) -> None:
    """A proxy that stops sooner answers 413 with a page of its own, in nobody's words."""
    manual = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text("utf-8")
    given = re.search(r"client_max_body_size (\d+)m;", manual)
    rules = [rule_of(view) for view in app.view_functions.values()]

    assert given is not None
    assert int(given[1]) * 2**20 >= max(each.largest or 0 for each in rules if each is not None)
