"""Why a mail has not gone out: the text that the outbox keeps of it, and what people read about it.

Of a relay's answer its very words are kept, because they are what the relay's own people ask for.  They often
repeat the address, so a log gets no more of them than their numbers.
"""

import re
import smtplib
import ssl
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from voting.core.errors import Refusal

_ANSWER = re.compile(r"([245][0-9]{2})(?:[ -]([245]\.[0-9]{1,3}\.[0-9]{1,3}))?(?![0-9])")
# What is kept in front of the details, where the relay itself has said nothing; the longest of our own names.
NOT_AN_ADDRESS = "not-an-address"
NOT_WRITTEN = "not-written"
_OURS = frozenset(
    {
        NOT_AN_ADDRESS,
        NOT_WRITTEN,
        "relay-certificate",
        "relay-encryption",
        "relay-hung-up",
        "relay-lacks",
        "relay-silent",
        "relay-unreachable",
    }
)
_FAULTS = MappingProxyType(
    {
        # In this order: each is a kind of the one below it.
        ssl.SSLCertVerificationError: "relay-certificate",
        ssl.SSLError: "relay-encryption",
        TimeoutError: "relay-silent",
        smtplib.SMTPNotSupportedError: "relay-lacks",
        smtplib.SMTPException: "relay-hung-up",
        OSError: "relay-unreachable",
    }
)


@dataclass(eq=False)
class MailTrouble(Refusal):
    """A mail that has not gone out.  Shape: ``what`` is a word of the catalogue: cause and remedy."""

    code: ClassVar[str] = "mail-trouble"
    what: str

    def for_logs(self) -> "MailTrouble":
        """The same without anybody's words: they may hold an address."""
        return self


@dataclass(eq=False)
class MailTroubleTold(MailTrouble):
    """As ``MailTrouble``, with the relay's own words, or those of the system."""

    code: ClassVar[str] = "mail-trouble-told"
    detail: str

    def for_logs(self) -> MailTrouble:
        found = _ANSWER.match(self.detail)
        return MailTroubleTold(self.what, found[0]) if found else MailTrouble(self.what)


def kept(what: str, detail: str = "") -> str:
    """The text that the outbox keeps, where it is not the relay's answer itself."""
    return f"{what}: {detail}" if detail else what


def of_fault(fault: Exception) -> str:
    """What is kept of a relay that could not be talked to."""
    what = next(name for kind, name in _FAULTS.items() if isinstance(fault, kind))
    return kept(what, str(fault))


def is_about_us(code: int, text: str) -> bool:
    """Whether the relay wants something of us, whichever command it says so after.

    Source  RFC 4954, 6: 530 and 535; RFC 3463: 5.7 is security or policy.
    """
    return code in (530, 535) or text.startswith("5.7.")


def trouble(text: str) -> MailTrouble:
    """What people read about a text of the outbox."""
    answer = _ANSWER.match(text)
    if answer is not None:
        code = int(answer[1])
        if is_about_us(code, answer[2] or ""):
            return MailTroubleTold("relay-wants-us", text)
        return MailTroubleTold("relay-refused" if code >= 500 else "relay-later", text)
    what, _, detail = text.partition(": ")
    if what not in _OURS:
        return MailTroubleTold("mail-not-sent", text)
    return MailTroubleTold(what, detail) if detail else MailTrouble(what)
