"""The relay takes one mail for one address, or we know whether trying again is of use."""

from contextlib import closing
from dataclasses import replace
from socket import create_server

import pytest

from tests.mail.relay import HOST, PASSWORD, USER, relay, self_signed
from tests.mail.samples import ENVELOPE, RECEIPT
from voting.mail.messages import receipt_mail
from voting.mail.smtp import MailNotTaken, Relay, sender


def mail(**changes):
    return receipt_mail(replace(ENVELOPE, **changes), RECEIPT)


def send(port, message=None, **settings):
    sender(Relay(HOST, port, **{"tls": "none", **settings}))(message or mail())


def test_the_relay_gets_the_mail_for_the_one_address(plain):
    send(plain.port)

    (taken,) = plain.taken
    assert (taken.sender, taken.to) == ("office@example.or.jp", ("m1@example.jp",))
    assert taken.message["Message-ID"] == "<1@vote.example.or.jp>"


@pytest.mark.parametrize(
    ("answer", "for_good"),
    [
        ("450 4.2.1 mailbox busy", False),
        ("451 greylisted", False),
        ("550 5.1.1 no such user", True),
        ("552 5.2.2 mailbox full", True),
        ("553 not here", True),
        ("530 authentication required", False),  # about us, though it comes after the address
        ("550 5.7.1 sending limit of office exceeded", False),
        ("554 5.7.1 relay access denied", False),
    ],
)
def test_what_is_said_to_the_address(plain, answer, for_good):
    plain.to_address["m1@example.jp"] = answer

    with pytest.raises(MailNotTaken) as refused:
        send(plain.port)

    assert (refused.value.reason, refused.value.for_good) == (answer, for_good)
    assert plain.taken == []


@pytest.mark.parametrize(
    ("answer", "for_good"),
    [("452 4.3.1 disk full", False), ("554 5.6.0 not like this", True), ("550 5.7.1 looks like spam", False)],
)
def test_what_is_said_to_the_mail(plain, answer, for_good):
    plain.to_data = lambda taken: answer

    with pytest.raises(MailNotTaken) as refused:
        send(plain.port)

    assert (refused.value.reason, refused.value.for_good) == (answer, for_good)


def test_a_relay_that_hangs_up_after_the_mail_may_or_may_not_have_it(plain):
    plain.to_data = lambda taken: None

    with pytest.raises(MailNotTaken) as refused:
        send(plain.port)

    assert not refused.value.for_good
    assert len(plain.taken) == 1


def test_a_relay_that_has_the_mail_and_parts_rudely_has_the_mail(plain):
    plain.to_quit = "421 good riddance"

    send(plain.port)

    assert len(plain.taken) == 1


def test_no_relay_at_all_is_no_fault_of_the_member():
    with closing(create_server((HOST, 0))) as unused:
        port = unused.getsockname()[1]

    with pytest.raises(MailNotTaken) as refused:
        send(port)

    assert not refused.value.for_good


@pytest.mark.parametrize(
    "address",
    ["", " ", "a@example.jp, b@example.jp", "nobody", "a@example.jp\r\nBcc: b@example.jp", "担当@example.jp"],
)
def test_what_is_not_one_address_is_given_up_before_anything_is_sent(plain, address):
    with pytest.raises(MailNotTaken) as refused:
        send(plain.port, mail(address=address))

    # The address itself is not repeated: it may come into a log.
    assert (refused.value.reason, refused.value.for_good) == ("not-an-address", True)
    assert plain.taken == []


def test_starttls_encrypts_and_logs_in_where_the_certificate_is_trusted(tmp_path, monkeypatch):
    tls, certificate = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with relay(tls=tls, log_in=True) as fake:
        send(fake.port, tls="starttls", user=USER, password=PASSWORD)

    assert [each.encrypted for each in fake.taken] == [True]


def test_a_relay_that_is_encrypted_from_the_start_is_used_where_the_certificate_is_trusted(
    tmp_path, monkeypatch
):
    tls, certificate = self_signed(tmp_path)
    with relay(tls=tls, from_the_start=True) as fake:
        with pytest.raises(MailNotTaken, match="certificate"):
            send(fake.port, tls="tls")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        send(fake.port, tls="tls")

    assert [each.encrypted for each in fake.taken] == [True]


def test_a_certificate_that_nobody_vouches_for_is_refused_and_nothing_goes_out_plain(tmp_path):
    tls, _ = self_signed(tmp_path)

    with relay(tls=tls) as fake, pytest.raises(MailNotTaken, match="certificate") as refused:
        send(fake.port, tls="starttls")

    assert not refused.value.for_good
    assert fake.taken == []


def test_a_certificate_for_another_name_is_refused(tmp_path, monkeypatch):
    tls, certificate = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with relay(tls=tls) as fake, pytest.raises(MailNotTaken, match=r"(?i)hostname|certificate"):
        sender(Relay("localhost", fake.port, "starttls"))(mail())

    assert fake.taken == []


def test_a_relay_that_offers_no_encryption_gets_nothing_where_it_is_asked_for(plain):
    with pytest.raises(MailNotTaken) as refused:
        send(plain.port, tls="starttls")

    assert not refused.value.for_good
    assert plain.taken == []


def test_a_relay_that_does_not_begin_with_tls_gets_nothing_where_it_should(plain):
    with pytest.raises(MailNotTaken) as refused:
        send(plain.port, tls="tls")

    assert not refused.value.for_good
    assert plain.taken == []


def test_a_refused_log_in_is_our_fault_and_not_the_members(tmp_path, monkeypatch):
    tls, certificate = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with relay(tls=tls, log_in=True) as fake, pytest.raises(MailNotTaken) as refused:
        send(fake.port, tls="starttls", user=USER, password="wrong")

    assert refused.value.reason.startswith("535")
    assert not refused.value.for_good
    assert fake.taken == []


def test_no_password_goes_to_a_relay_that_asks_for_none(plain):
    with pytest.raises(MailNotTaken) as refused:
        send(plain.port, user=USER, password=PASSWORD)

    assert not refused.value.for_good
    assert plain.taken == []


def test_the_relay_shows_no_password_of_itself():
    assert PASSWORD not in repr(Relay(HOST, 25, "none", USER, PASSWORD))
