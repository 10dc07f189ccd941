"""What a form of the office says, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask import request

from voting.core.errors import Refusal
from voting.i18n import sentence
from voting.web.languages import N_, language, say

# What a verb calls wrong was not typed at all: the sentence for it, by control and code.
_EMPTY: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("code", "code-refused"): N_("認証アプリの6桁の番号を入力してください。"),
        ("id", "bad-name"): N_("アカウントを入力してください。"),
        ("slug", "bad-name"): N_("略称を入力してください。"),
        ("address", "not-an-address"): N_("メールアドレスを入力してください。"),
        ("left", "no-date"): N_("退会日を入力してください。"),
        ("left_on", "no-date"): N_("退会日を入力してください。"),
        ("member", "sender-unknown"): N_("会員番号、用紙の番号、会員の名称のいずれかを入力してください。"),
        ("member", "not-on-the-roll"): N_("会員番号を入力してください。"),
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend.  Shape: ``field`` is the id of the control, ``text`` a sentence in words."""

    field: str
    text: str


def fault(field: str, marked: str, /, **values: object) -> Fault:
    """A fault in the words of the catalogue.  Shape: *marked* by N_."""
    return Fault(field, say(marked, **values))


def refused(field: str, refusal: Refusal) -> Fault:
    """What a verb refused, beside the control that can mend it; what was left empty is asked for."""
    missing = _EMPTY.get((field, refusal.code))
    if missing is not None and not request.values.get(field, "").strip():
        return fault(field, missing)
    return Fault(field, sentence(refusal, language()))


def text(name: str) -> str:
    """A line as typed, without blanks around it; empty where it is missing."""
    return request.form.get(name, "").strip()
