"""A receipt on its own: what it proves without a bundle, in words."""

from collections.abc import Mapping

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


def check_alone(receipt: Receipt, key: Verifier, language: str) -> tuple[int, list[str]]:
    """The exit code and the lines to print."""
    try:
        checked = check_receipt(receipt, [key])
    except ReceiptRefuted as fault:
        return REFUTED, [phrase("receipt-refuted", language, detail=str(fault))]
    lines = [_say(name, language, facts) for name, facts in _facts(checked, receipt)]
    return VERIFIED, [*lines, phrase("receipt-verified", language)]


def _facts(checked: CheckedReceipt, receipt: Receipt) -> list[tuple[str, dict[str, object]]]:
    body, found = checked.body, list[tuple[str, dict[str, object]]]()
    found.append(("log", {"log": checked.checkpoint.origin}))
    found.append(("place", {"index": checked.entry.index, "size": checked.checkpoint.size}))
    if checked.member is not None:
        found.append(("member", {"id": checked.member.id, "name": checked.member.name}))
    at = instant_text(body.received_at)
    found.append(("received", {"at": at, "channel": body.channel, "level": body.level}))
    found += [("choice", {"number": number, "word": word}) for number, word in receipt.words.items()]
    found.append(("refused", {"reason": body.reason}) if isinstance(body, Refused) else ("accepted", {}))
    found.append(("limits", {}))
    return found


def _say(name: str, language: str, facts: Mapping[str, object]) -> str:
    texts = _LINES[name]
    return texts[LANGUAGES.index(language)].format_map({key: plain(value) for key, value in facts.items()})
