"""The relay: one mail handed over by SMTP, or an error that says whether trying again is of use."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import ClassVar

from voting.core.errors import Refusal
from voting.mail import troubles


@dataclass(eq=False)
class MailNotTaken(Refusal):
    """The relay did not take the mail.

    Shape   ``reason`` as ``troubles.trouble`` reads it.
    ``for_good``: the address itself was refused.  ``relay_down``: no other mail would be taken now.
    """

    code: ClassVar[str] = "mail-not-taken"
    reason: str
    for_good: bool
    relay_down: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Relay:
    """Where mails go.  Shape: ``tls`` is "starttls", "tls" or "none"; no user means no log-in."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = ""
    seconds: int = 20


def sender(relay: Relay) -> Callable[[EmailMessage], None]:
    """A function that hands one mail to the relay.

    The envelope goes to the one address in To: mails of several members are never joined.
    Raises  (the function) MailNotTaken.
    """

    def send(message: EmailMessage) -> None:
        to = message["To"]
        if len(to.addresses) != 1 or to.defects:
            raise MailNotTaken(troubles.NOT_AN_ADDRESS, for_good=True)
        try:
            with _connection(relay) as connection:
                connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, reason = next(iter(refused.recipients.values()))
            raise _not_taken(code, reason, about_mail=True) from refused
        except smtplib.SMTPResponseException as refused:
            # Only the answer to the message itself is about this mail; a refused log-in is about us.
            about_mail = isinstance(refused, smtplib.SMTPDataError)
            raise _not_taken(refused.smtp_code, refused.smtp_error, about_mail=about_mail) from refused
        except (OSError, smtplib.SMTPException) as fault:
            raise MailNotTaken(troubles.of_fault(fault), for_good=False, relay_down=True) from fault

    return send


@contextmanager
def _connection(relay: Relay) -> Iterator[smtplib.SMTP]:
    """The relay, ready to take a mail: encrypted and logged in as configured, or an error."""
    if relay.tls == "tls":
        context = ssl.create_default_context()
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            relay.host, relay.port, timeout=relay.seconds, context=context
        )
    else:
        connection = smtplib.SMTP(relay.host, relay.port, timeout=relay.seconds)
    try:
        if relay.tls == "starttls":
            connection.starttls(context=ssl.create_default_context())
        if relay.user:
            connection.login(relay.user, relay.password)
        yield connection
        # Whatever it answers to our leaving, it has the mail: an error now would send it twice.
        with suppress(OSError, smtplib.SMTPException):
            connection.quit()
    finally:
        connection.close()


def _not_taken(code: int, reason: bytes | str, *, about_mail: bool) -> MailNotTaken:
    text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    # Where it wants something of us the member's address may be good, so its mail is not given up.
    about_us = troubles.is_about_us(code, text)
    return MailNotTaken(f"{code} {text}", for_good=about_mail and not about_us and code >= 500)
