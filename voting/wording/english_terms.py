"""The fixed words of tables and papers in English, by their Japanese.  A missing one is an error."""

from collections.abc import Mapping

from voting.wording.editions import Say
from voting.wording.numbers_english import label, outcome, required

TERMS: Mapping[str, str] = {
    "議案": "Motion",
    "候補者": "Candidate",
    "区分": "Category",
    "提出方法": "Way",
    "賛成": "For",
    "反対": "Against",
    "信任": "For",
    "不信任": "Against",
    "棄権": "Abstain",
    "無効": "Invalid",
    "除外": "Left out",
    "除斥": "Barred",
    "未算入": "Not counted",
    "計": "Sum",
    "うち\n提出": "sent",
    "うち\nみなし": "deemed",
    "議決要件": "Required",
    "結果": "Result",
    "提出": "Sent",
    "委任": "Proxy",
    "無記入": "Blank",
    "未提出": "Silent",
    "票数計": "Votes",
    "会員数": "Members",
    "除外(期限後到着)": "Left out (late)",
    "除外(未着)": "Left out (no notice)",
    "除外(退会)": "Left out (left)",
    "除斥(利害関係)": "Barred (interest)",
    "未算入(未提出)": "Not counted (silent)",
    "その他": "Other",
    "(区分なし)": "(none)",
    "提出なし": "none that counts",
    "得票(票)": "Votes",
    "当選": "elected",
    "白票": "blank",
    "会員番号": "Number",
    "団体名": "Member",
    "会員の記号": "Mark of the member",
    "票数": "Votes",
    "必要数": "needed",
    "票": " votes",
    "賛成(提出)": "for (sent)",
    "賛成(みなし)": "for (deemed)",
    "棄権・無効": "abstain, invalid",
    "除外・除斥・未算入": "others",
    "": "",
    "※": "*",
    "(委)": " (p)",
    "(無)": " (b)",
    "(み)": " (s)",
    "(単位: 票)": "(in votes)",
    "(単位: 票。括弧内は会員数)": "(in votes; members in brackets)",
    "(単位: 票。会員数の欄は会員)": "(in votes; the column of members in members)",
    "(単位: 票。会員数の欄は会員。その他は除外、除斥及び未算入の計)": (
        "(in votes; members in members; other: left out, barred and not counted)"
    ),
    "(単位: 票。会員数の欄は会員。記載のない区分はいずれも0)": (
        "(in votes; members in members; a class that is not listed is 0)"
    ),
}
_CHANNELS = {
    "web": "Web",
    "post": "post",
    "fax": "fax",
    "mail": "mail",
    "hand": "by hand",
    "paper": "paper",
}

# The papers that hold, as a translation names them.
_PAPERS = {
    "結果報告書": "signed report",
    "受付票": "receipt",
    "開催案内": "notice",
    "議事録": "minutes",
    "正誤表": "list of errata",
    "質問への回答": "letter with the replies",
    "結果の訂正の通知": "letter",
    "書面表決書": "ballot form",
    "委任状": "proxy form",
    "送付状": "cover",
    "FAX送付状": "fax cover",
    "引継書": "hand-over sheet",
}
_SEVERAL = ("議事録",)
_RETURNED = ("書面表決書", "委任状")


def translation(paper: str) -> str:
    """What stands at the head of a translation of *paper*."""
    returned = " Return that one; this page is for reading only." if paper in _RETURNED else ""
    prevails = "prevail" if paper in _SEVERAL else "prevails"
    return f"Translation for reference. The {_PAPERS[paper]} in Japanese {prevails}.{returned}"


IN_ENGLISH = Say(
    tag="en-GB",
    term=TERMS.__getitem__,
    motion=lambda number: f"Motion {number}",
    question=label,
    outcome=outcome,
    requirement=required,
    channel=lambda channel: _CHANNELS.get(channel, channel),
)
