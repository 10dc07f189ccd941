"""How an office writes its letters: what stands on an assembly's papers that neither rules nor votes decide.

Nothing here changes a number or an outcome. Source: domain.md 3.2, 3.3 and 3.5.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class PaperKind(StrEnum):
    """The papers that have a number and a date of their own."""

    NOTICE = "notice"  # 開催案内
    RESULT = "result"  # 結果報告
    MINUTES = "minutes"  # 議事録
    ERRATA = "errata"  # 正誤表
    CORRECTION = "correction"  # 結果の訂正の通知


class Seal(StrEnum):
    """What is said about the seal below the sender."""

    OMITTED = "omitted"  # （公印省略）
    AFFIXED = "affixed"  # nothing is printed: the seal goes on the paper


class Inquiring(StrEnum):
    """Whether members may ask on their pages."""

    OPEN = "open"
    OFF = "off"


class Digits(StrEnum):
    """How figures are set in running text."""

    HALF = "half"
    SINGLE_FULL = "single_full"  # one digit alone in full width, two and more in half
    FULL = "full"


class Counter(StrEnum):
    """What votes are counted in."""

    VOTES = "票"
    ORGANISATIONS = "団体"
    RIGHTS = "個"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns:
    """Where forms go back to: the addressee's line, and ways beside the web; empty where there is none."""

    to: str = ""
    fax: str = ""
    mail: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What the minutes say that no count knows.

    Shape   ``signers`` are short names of the body's keys, in the order of signing; ``course`` are paragraphs
            on questions and answers; ``resolved_on`` None for the day of the close.
    """

    signers: tuple[str, ...] = ()
    author: str = ""
    proposer: str = ""
    course: tuple[str, ...] = ()
    resolved_on: date | None = None


class ProxyTo(StrEnum):
    """Whom a member may name in its proxy form."""

    CHAIR = "chair"  # 議長
    MEMBER = "member"  # another member, written on a blank line


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxies:
    """Whether members may give a proxy, and to whom.

    Shape   ``clause`` is what allows it (規約第14条, or an article); empty where nothing does.
    """

    clause: str = ""
    to: tuple[ProxyTo, ...] = (ProxyTo.CHAIR,)

    @property
    def to_chair(self) -> bool:
        """Whether the chair may be named: such a form is counted by what the chair decides."""
        return bool(self.clause) and ProxyTo.CHAIR in self.to


class Kept(StrEnum):
    """What of an assembly is kept, in the order of the hand-over sheet."""

    MINUTES = "minutes"  # 議事録及び結果報告
    BUNDLE = "bundle"  # 検証一式
    BALLOTS = "ballots"  # 紙の表決書とその画像
    KEYS = "keys"  # 署名の鍵
    PASSPHRASE = "passphrase"  # 鍵の合言葉
    BACKUP = "backup"  # データベースの写し
    ACCESS = "access"  # アクセスの記録


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Where one of them is kept, who has it, until when in words; each empty where nobody says."""

    where: str = ""
    who: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The settings of one assembly's papers.

    Shape   ``to`` and ``sender`` are lines, several senders (連名) below each other; ``enclosed`` names what
            lies beside the notice; ``questions_until`` is the last day for questions, None for the usual one.
    """

    to: tuple[str, ...] = ("会員各位",)
    sender: tuple[str, ...] = ()
    seal: Seal = Seal.OMITTED
    digits: Digits = Digits.HALF
    counter: Counter = Counter.VOTES
    numbers: Mapping[PaperKind, str] = field(default_factory=lambda: MappingProxyType({}))
    dates: Mapping[PaperKind, date] = field(default_factory=lambda: MappingProxyType({}))
    returns: Returns = Returns()
    reason: str = ""
    questions: Inquiring = Inquiring.OPEN
    questions_until: date | None = None
    enclosed: tuple[str, ...] = ()
    minutes: Minutes = Minutes()
    proxies: Proxies = Proxies()
    keeping: Mapping[Kept, Keeping] = field(default_factory=lambda: MappingProxyType({}))
