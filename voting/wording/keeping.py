"""保管: what of an assembly is kept, and until when where nobody has written anything else.

Minutes for good; ballots until a year after the next ordinary assembly and three months at least: elsewhere a
miscount was found when the evidence had gone.  Source: domain.md 6.3.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from voting.core.japanese_dates import wareki
from voting.core.letterhead import Kept
from voting.wording.periods import instant_text

KEPT_NAMES: Mapping[Kept, str] = MappingProxyType(
    {
        Kept.MINUTES: "議事録及び結果報告",
        Kept.BUNDLE: "検証一式(公開用及び監事用)",
        Kept.BALLOTS: "紙の表決書及びその画像、会員ごとの表決の内容",
        Kept.KEYS: "署名の鍵(keys/)及び最新のチェックポイント(anchors/)",
        Kept.PASSPHRASE: "鍵の合言葉(passphrase)",
        Kept.BACKUP: "データベースの写し",
        Kept.ACCESS: "アクセスの記録",
    }
)
# In the place of what ``BUNDLES`` says of a bundle, once the votes were erased.
ERASED_BUNDLE = (
    "記録、名簿及び結果を一つにまとめたファイルです。"
    "会員ごとの表決の内容は、保存期限により消去したため、入っていません。"
)
_THREE_MONTHS = timedelta(days=93)  # never fewer days than three months have


def erased_sentence(at: datetime, rule: str) -> str:
    """What the public reads where the votes of a result were erased at the end of their term."""
    return (
        f"回答の中身、書面の画像、回答者の氏名及び宛先は、保存期限({rule})により、{instant_text(at)}に消去しました。"
        "上の数は、消去の前に認証し、公表した結果です。監査用一式では、賛否を用いる検査は「消去済」となります。"
    )


def ballots_kept_until(closed_on: date) -> date:
    """The day before which no ballot is destroyed, whenever the next assembly is."""
    return closed_on + _THREE_MONTHS


def kept_until(kept: Kept, *, closed_on: date) -> str:
    """The period in words."""
    if kept in (Kept.MINUTES, Kept.BUNDLE):
        return "永年"
    if kept is Kept.BALLOTS:
        earliest = wareki(ballots_kept_until(closed_on), weekday=False)
        return f"次の通常総会の日から1年({earliest}より前には廃棄しない。)"
    if kept is Kept.ACCESS:
        return "1年"
    return "後任者が確かめるまで、前任者も保管する"
