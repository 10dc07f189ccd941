"""How a ledger that does not stand is told to the operator: its name, both sizes, and where to read on.

Members read other words (``voting.i18n``): they can do nothing about it.
"""

from voting.core.errors import Broken, Refusal
from voting.i18n import lines
from voting.services.errors import Suspended

_READ_ON = "この総会には何も記録できません。手順は docs/operations.md の10にあります。"


def fault_words(origin: str, fault: Broken | Refusal) -> str:
    """One line that begins with what has stopped."""
    head = "停止しています" if isinstance(fault, Suspended) else "確認が必要です"
    return f"{head}: {origin} {_words(fault)}"


def _words(fault: Broken | Refusal) -> str:
    if isinstance(fault, Broken):
        return f"記録に矛盾があるため停止しました。保守担当者に連絡してください。 {fault}"
    if not isinstance(fault, Suspended):
        return " ".join(lines(fault))
    if fault.was_shown:
        return (
            "立会人又は会員が、データベースにない署名済みの記録を示しました"
            f"(示されたチェックポイント {fault.signed}件、データベース {fault.stored}件)。{_READ_ON}"
        )
    return (
        f"データベースの記録は{fault.stored}件で、署名済みの{fault.signed}件(アンカー)に届いていません。"
        f"データベースが古い写しに戻ったと考えられます。{_READ_ON}"
    )
