"""What is chosen for a paper before it is made, as it stands in the address of its page and of its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from voting.services.printing.post import SHEETS, Asked, Way
from voting.web.languages import N_
from voting.web.secretariat.forms import Fault, fault
from voting.wording.papers import PAPERS

# Whose papers: everybody's, of those without mail, of those who have not answered, or of those named.
ALL, UNMAILED, UNANSWERED, SOME = "all", "unmailed", "unanswered", "some"
WHOSE = (
    (ALL, N_("名簿の全ての会員")),
    (UNMAILED, N_("メールの宛先がない会員")),
    (UNANSWERED, N_("まだ回答していない会員")),
    (SOME, N_("下に番号を書いた会員")),
)
LANGUAGES = (("ja", N_("日本語")), ("en", N_("英語(参考の訳)")))
LAYOUTS = (
    ("12", N_("12面(86.4×42.3mm、2列6段)")),
    ("24", N_("24面(66.0×33.9mm、3列8段)")),
)
WAYS = (("post", N_("郵送(送付状)")), ("fax", N_("FAX(FAX送付状)")))
LONGEST = 4  # digits of a number that is typed


@dataclass(frozen=True, slots=True)
class Choice:
    """Shape: ``pages`` None for a line to write on; ``faults`` what cannot be read, beside its field."""

    values: Mapping[str, str]
    whose: str = ALL
    members: tuple[str, ...] = ()
    language: str = "ja"
    sheet: int = 12
    used: int = 0
    way: Way = Way.POST
    pages: int | None = None
    leave_out: bool = False
    faults: tuple[Fault, ...] = ()

    @property
    def query(self) -> str:
        """What stands behind the question mark of the file's address."""
        return urlencode({name: value for name, value in self.values.items() if value})

    def asked(self, unanswered: tuple[str, ...] = ()) -> Asked:
        """Shape: *unanswered* are the numbers looked up where those are asked for."""
        return Asked(
            unanswered if self.whose == UNANSWERED else self.members,
            unmailed=self.whose == UNMAILED,
            leave_out=self.leave_out,
        )


def choice(asks: tuple[str, ...]) -> Choice:
    """What the address says of the choices that a paper *asks* for; what it does not say is the usual."""
    given = {name: request.args.get(name, "").strip() for name in asks}
    faults: list[Fault] = []
    whose = _one(given, "whose", dict(WHOSE), ALL, faults)
    members = tuple(dict.fromkeys(given.get("members", "").split())) if whose == SOME else ()
    if whose == SOME and not members:
        faults.append(fault("members", N_("会員番号を、空白又は改行で区切って入力してください。")))
    return Choice(
        values=given,
        whose=whose,
        members=members,
        language=_one(given, "language", PAPERS, "ja", faults),
        sheet=int(_one(given, "sheet", {str(each): each for each in SHEETS}, "12", faults)),
        used=_number(given, "used", faults) or 0,
        way=Way(_one(given, "way", dict(WAYS), "post", faults)),
        pages=_number(given, "pages", faults),
        leave_out=given.get("leave_out") == "yes",
        faults=tuple(faults),
    )


def _one(
    given: Mapping[str, str], name: str, known: Mapping[str, object], usual: str, faults: list[Fault]
) -> str:
    found = given.get(name) or usual
    if found in known:
        return found
    faults.append(fault(name, N_("一つを選んでください。")))
    return usual


def _number(given: Mapping[str, str], name: str, faults: list[Fault]) -> int | None:
    found = given.get(name, "")
    if not found:
        return None
    if found.isascii() and found.isdigit() and len(found) <= LONGEST:
        return int(found)
    faults.append(fault(name, N_("数を半角の数字で入力してください。")))
    return None
