"""What is said about one answer, about the stage of an assembly, and about who will see what."""

from collections.abc import Mapping
from types import MappingProxyType

# Reason of a refusal (ledger L3) -> what it means for the sender.
REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "late": "期限を過ぎて到着したため、表決に算入できません。",
        "early": "受付開始前に到着したため、表決に算入できません。期間内に改めてご回答ください。",
        "suspended": "受付を停止していたため、表決に算入できません。事務局へお問い合わせください。",
        "invalid": "所定の表決書でないため、表決に算入できません。事務局へお問い合わせください。",
        # No reason of the ledger: it was accepted, and the texts it answers were amended.
        "void": "内容が変更される前の議案への回答であるため、すべての議案について無効です。"
        "期間内であれば、改めて回答できます。変更後の議案への回答がないときは、賛否のいずれにも算入しません。",
    }
)

STAGES: Mapping[str, str] = MappingProxyType(
    {
        "draft": "準備中",
        "notice": "受付開始前",
        "open": "受付中",
        "closed": "締切・集計中",
        "declared": "結果公表",
    }
)

# Level of disclosure (ledger L7) -> who will see how a member voted.
DISCLOSURES: Mapping[str, str] = MappingProxyType(
    {
        "L0": "会員ごとの表決の内容は、締切後、団体名とともに公表します。",
        "L1": "会員ごとの表決の内容は、締切後、団体名を伏せて公表します。"
        "団体名は、本人、監事及び事務局のみが確認できます。",
        "L2": "会員ごとの表決の内容は公表しません。監事のみが確認できます。",
    }
)

# Level of disclosure -> what the public's audit bundle holds, and what can be checked with it.
BUNDLES: Mapping[str, str] = MappingProxyType(
    {
        "L0": "記録、名簿(団体名を含みます。)、会員ごとの表決の内容及び結果を一つにまとめたファイルです。"
        "結果を初めから計算し直して、どなたでも確かめることができます。",
        "L1": "記録、名簿(団体名は伏せています。)、会員ごとの表決の内容及び結果を一つにまとめたファイルです。"
        "結果を初めから計算し直して、どなたでも確かめることができます。",
        "L2": "記録、名簿(団体名は伏せています。)及び結果を一つにまとめたファイルです。"
        "会員ごとの表決の内容は含みません。記録が変えられていないこと、提出と未提出の数が結果と合うことを、"
        "どなたでも確かめることができます。",
    }
)


def refusal_words(reason: str | None) -> str:
    """Why an answer does not count; empty for one that was accepted."""
    return "" if reason is None else REFUSALS[reason]


def receipt_number(index: int) -> str:
    """The number printed on a receipt: the ledger index, so that anybody finds the entry."""
    return f"R-{index:06d}"
