"""A few words that verbs print themselves; whole sentences about rules are in ``documents.wording``."""

from collections.abc import Mapping
from types import MappingProxyType

CHANNEL_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "web": "Web",
        "post": "郵送",
        "fax": "FAX",
        "mail": "電子メール",
        "hand": "持参",
        "paper": "書面",
    }
)

REFUSAL_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "late": "期限を過ぎて到着したため、表決に算入できません。",
        "early": "受付開始前に到着したため、表決に算入できません。期間内に改めてご回答ください。",
        "suspended": "受付を停止していたため、表決に算入できません。事務局へお問い合わせください。",
        "invalid": "所定の表決書でないため、表決に算入できません。事務局へお問い合わせください。",
    }
)


def receipt_number(index: int) -> str:
    """The number printed on a receipt: the ledger index, so that anybody finds the entry."""
    return f"R-{index:06d}"
