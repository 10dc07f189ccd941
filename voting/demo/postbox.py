"""The mailboxes of the sample members: what the service sends, they find here."""

import threading
from dataclasses import dataclass
from email.message import EmailMessage

_CODE = "回答コード "
_NUMBER = "(会員番号 "


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """One mail as received.  ``code`` is empty where the mail holds none."""

    member_id: str
    name: str
    address: str
    subject: str
    text: str
    code: str


class Postbox:
    """All mailboxes, in memory: the demonstration ends with its process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._letters: dict[str, list[Letter]] = {}

    def take(self, message: EmailMessage) -> None:
        """Receive one mail, as a relay would."""
        text = str(message.get_content())
        lines = text.splitlines()
        letter = Letter(
            member_id=_after(lines, _NUMBER).rstrip(")"),
            name=lines[0].removesuffix(" 御中") if lines else "",
            address=str(message["To"]),
            subject=str(message["Subject"]),
            text=text,
            code=_after(lines, _CODE),
        )
        with self._lock:
            self._letters.setdefault(letter.member_id, []).append(letter)

    def members(self) -> tuple[Letter, ...]:
        """The first letter of each member, by member number."""
        with self._lock:
            return tuple(self._letters[member][0] for member in sorted(self._letters))

    def of(self, member_id: str) -> tuple[Letter, ...]:
        """A member's letters, the newest first."""
        with self._lock:
            return tuple(reversed(self._letters.get(member_id, ())))

    def code(self, member_id: str) -> str:
        """The code a member finds in its mailbox; empty where there is none."""
        return next((letter.code for letter in self.of(member_id) if letter.code), "")


def _after(lines: list[str], start: str) -> str:
    return next((line.removeprefix(start) for line in lines if line.startswith(start)), "")
