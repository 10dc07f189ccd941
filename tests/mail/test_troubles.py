"""Why a mail has not gone out, in words that an officer can act on, and none of a member's in a log."""

import smtplib
import ssl

import pytest

from tests.mail.owed import owe, rows
from voting.cli import main
from voting.core.permissions import Role
from voting.i18n import LANGUAGES, sentence
from voting.mail import troubles
from voting.mail.troubles import kept, of_fault, trouble
from voting.services import schedule
from voting.services.period import deliveries


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("550 5.1.1 no such user", "relay-refused"),
        ("552-5.2.2 mailbox full", "relay-refused"),
        ("451 4.7.1 greylisted", "relay-later"),
        ("421 busy", "relay-later"),
        ("530 authentication required", "relay-wants-us"),
        ("535 5.7.8 authentication failed", "relay-wants-us"),
        ("550 5.7.1 sending limit exceeded", "relay-wants-us"),
        ("not-an-address", "not-an-address"),
        ("relay-unreachable: [Errno 111] Connection refused", "relay-unreachable"),
        ("not-written: Broken", "not-written"),
        # As it was kept before there were words for it.
        ("ConnectionRefusedError(111, 'Connection refused')", "mail-not-sent"),
        ("5501 is no code", "mail-not-sent"),
    ],
)
def test_what_the_outbox_keeps_is_told_by_its_cause(text: str, what: str) -> None:
    assert trouble(text).what == what


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_relays_own_words_are_quoted_whole(language: str) -> None:
    assert "550 5.1.1 <a@example.jp>: no {such} user" in sentence(
        trouble("550 5.1.1 <a@example.jp>: no {such} user"), language
    )


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (ssl.SSLCertVerificationError("self-signed"), "relay-certificate"),
        (ssl.SSLError("wrong version number"), "relay-encryption"),
        (TimeoutError("timed out"), "relay-silent"),
        (smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server."), "relay-lacks"),
        (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), "relay-hung-up"),
        (ConnectionRefusedError(111, "Connection refused"), "relay-unreachable"),
    ],
)
def test_a_relay_that_cannot_be_talked_to_is_told_by_its_cause(fault: Exception, what: str) -> None:
    told = trouble(of_fault(fault))

    assert told.what == what
    for language in LANGUAGES:
        assert str(fault) in sentence(told, language)


def test_every_cause_has_its_sentence_in_both_languages() -> None:
    for what in sorted(troubles._OURS):
        for language in LANGUAGES:
            assert what not in sentence(trouble(kept(what)), language)


def test_attack_a_relay_that_repeats_an_address_gets_it_into_no_log(
    world, plain, monkeypatch, capsys
) -> None:
    owe(world)
    plain.to_address["m2@example.jp"] = "451 4.2.1 <m2@example.jp> is busy, code ABCD"
    monkeypatch.setattr("voting.cli.server.configured", lambda: world.rt)

    assert main(["tick"]) == 1

    out = "".join(capsys.readouterr())
    assert "「451 4.2.1」" in out
    assert "example.jp" not in out and "ABCD" not in out


def test_a_mail_that_cannot_be_written_is_told_in_words(world, monkeypatch) -> None:
    owe(world)

    def fail(*facts: object) -> None:
        raise LookupError("m1@example.jp")

    monkeypatch.setattr("voting.services.notices.message", fail)
    with pytest.raises(LookupError):
        schedule.send_mails(world.rt, limit=10)

    assert {row[5] for row in rows(world)} == {"not-written: LookupError"}
    board = deliveries.board(world.rt, world.officer(Role.CHAIR), world.origin)
    told = {sentence(each.error) for each in board.troubles if each.error is not None}
    assert told == {
        "このサービスがメールの本文を作れませんでした。"
        "運用担当者に、voting check と voting tick の表示を確かめるよう頼んでください。"
        "応答の原文:「LookupError」。"
    }
