"""A receipt on its own: what it proves without a bundle, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from voting.ledger.canonical import instant_text
from voting.ledger.kinds import Refused
from voting.ledger.note import Verifier
from voting.ledger.receipt import CheckedReceipt, Receipt, ReceiptRefuted, check_receipt
from voting.verify.check_words import LANGUAGES, Texts
from voting.verify.report import REFUTED, VERIFIED, phrase, plain

_LINES: Mapping[str, Texts] = {
    "log": ("記録　　　{log}", "log       {log}"),
    "place": ("記録番号　{index}({size}件の記録の中)", "entry     {index}, in a log of {size}"),
    "member": ("会員　　　{id} {name}", "member    {id} {name}"),
    "received": ("受付時刻　{at}({channel}、{level})", "received  {at} ({channel}, {level})"),
    "choice": ("第{number}号　　{word}", "motion {number}  {word}"),
    "accepted": ("受理されました。", "It was accepted."),
    "refused": ("受理されませんでした(理由: {reason})。", "It was refused ({reason})."),
    "limits": (
        "この確認だけでは、締切後の最終の記録に残っていることまでは分かりません。"
        "公表後に voting verify --receipt で確認してください。",
        "This alone does not show that it is still there in the final log: "
        "use voting verify --receipt once the bundle is published.",
    ),
}

# What the ledger calls by a word, for people; levels are called K0 to KP in every language.
_WORDS: Mapping[str, Texts] = {
    "late": ("期限後", "late"),
    "early": ("受付開始前", "early"),
    "suspended": ("障害のため受付停止中", "suspended"),
    "not_on_roll": ("名簿にない", "not_on_roll"),
    "invalid": ("読み取れない・無効", "invalid"),
    "web": ("ウェブ", "web"),
    "post": ("郵送", "post"),
    "fax": ("ファクシミリ", "fax"),
    "mail": ("電子メール", "mail"),
    "hand": ("持参", "hand"),
    "paper": ("書面", "paper"),
}

_CLASHES: Mapping[str, Texts] = {
    "name": (
        "{first} と {second} は、同じ会員番号 {id} を別の名前の会員に割り当てている"
        "(1つの記録が2団体に渡された)",
        "{first} and {second} give one member number, {id}, to two names: one entry was handed to two",
    ),
    "entry": (
        "{first} と {second} は、同じ番号 {index} に別の記録を示している(記録が二重に作られた)",
        "{first} and {second} show two entries at {index}: there are two logs",
    ),
    "vote": (
        "{first} と {second} は、同じ1票を別の番号で示している",
        "{first} and {second} show one vote at two places",
    ),
}
_SAME: Texts = (
    "{first} と {second} は、どちらも記録番号 {index} の受付票です。同じ会員の控えであれば問題ありません。"
    "2つの会員に渡されたものであれば、一方の回答は記録されていません。事務局と監事へお申し出ください。",
    "{first} and {second} are both receipts of entry {index}. That is right for two copies of one member. "
    "If two members were given them, one answer was never recorded: tell the office and the auditors.",
)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two receipts that cannot both be true.  Shape: *what* is name, entry or vote."""

    what: str
    first: str
    second: str
    index: int
    id: str


def clashes(receipts: Sequence[tuple[str, Receipt]]) -> Iterator[Clash]:
    """The pairs among receipts of one log that contradict each other.

    Each of them may be true on its own: the name is for people, and no commitment covers it.
    """
    for (first, one), (second, other) in combinations(receipts, 2):
        what = _contradiction(one, other)
        if what is not None:
            yield Clash(what, first, second, one.index, "" if one.member is None else one.member.id)


def _contradiction(one: Receipt, other: Receipt) -> str | None:
    if one.index == other.index and one.entry != other.entry:
        return "entry"
    if one.member is not None and other.member is not None:
        same = (one.member.id, one.member.salt) == (other.member.id, other.member.salt)
        if same and one.member.name != other.member.name:
            return "name"
    if one.index != other.index and one.opening is not None and one.opening == other.opening:
        return "vote"
    return None


def compare(receipts: Sequence[tuple[str, Receipt]], language: str) -> tuple[int, list[str]]:
    """What comparing receipts shows, where several were given: the exit code and the lines to print."""
    found = list(clashes(receipts))
    lines = [
        _fill(
            _CLASHES[each.what],
            language,
            {"first": each.first, "second": each.second, "index": each.index, "id": each.id},
        )
        for each in found
    ]
    if not found:
        lines = [
            _fill(_SAME, language, {"first": first, "second": second, "index": one.index})
            for (first, one), (second, other) in combinations(receipts, 2)
            if one.index == other.index
        ]
    return (REFUTED if found else VERIFIED), lines


def check_alone(receipt: Receipt, key: Verifier, language: str) -> tuple[int, list[str]]:
    """The exit code and the lines to print."""
    try:
        checked = check_receipt(receipt, [key])
    except ReceiptRefuted as fault:
        return REFUTED, [phrase("receipt-refuted", language, detail=str(fault))]
    lines = [_say(name, language, facts) for name, facts in _facts(checked, receipt, language)]
    return VERIFIED, [*lines, phrase("receipt-verified", language)]


def _facts(checked: CheckedReceipt, receipt: Receipt, language: str) -> list[tuple[str, dict[str, object]]]:
    body, found = checked.body, list[tuple[str, dict[str, object]]]()
    found.append(("log", {"log": checked.checkpoint.origin}))
    found.append(("place", {"index": checked.entry.index, "size": checked.checkpoint.size}))
    if checked.member is not None:
        found.append(("member", {"id": checked.member.id, "name": checked.member.name}))
    at = instant_text(body.received_at)
    found.append(("received", {"at": at, "channel": _word(body.channel, language), "level": body.level}))
    found += [("choice", {"number": number, "word": word}) for number, word in receipt.words.items()]
    if isinstance(body, Refused):
        found.append(("refused", {"reason": _word(body.reason, language)}))
    else:
        found.append(("accepted", {}))
    found.append(("limits", {}))
    return found


def _word(code: str, language: str) -> str:
    return _fill(_WORDS[code], language, {})


def _say(name: str, language: str, facts: Mapping[str, object]) -> str:
    return _fill(_LINES[name], language, facts)


def _fill(texts: Texts, language: str, facts: Mapping[str, object]) -> str:
    return texts[LANGUAGES.index(language)].format_map({key: plain(value) for key, value in facts.items()})
