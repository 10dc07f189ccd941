"""受付票(控え): what a member keeps of its answer, and what it needs to check the record later."""

from reportlab.lib.units import mm

from voting.documents.facts import ReceiptFacts
from voting.documents.frame import RIGHT
from voting.documents.grid import Column
from voting.documents.page import Paper
from voting.documents.qr import qr
from voting.documents.typeface import drawable
from voting.wording import JAPAN, change_sentence, channel_word, instant_text, period_text

LEVELS = {
    "K0": "事務局から通知した回答コードによる",
    "K1": "監査人から交付した回答コードによる",
    "KP": "書面を2名で入力し、確認",
}
_QR = 30 * mm
_RECORDED = (
    "表決は、署名付きの記録に書き込まれました。期間の終了後に公表される記録に、この受付票の内容がそのまま"
    "含まれていることを、次の値により確かめることができます。記録の値には、表決の内容は表れません。"
)


def render_receipt(facts: ReceiptFacts) -> bytes:
    """The receipt as a PDF, one page for a usual number of motions.

    Raises  NoGlyph; KeyError for a level that is none.
    """
    assembly, body = facts.docket.assembly, facts.docket.body
    paper = Paper(
        title=f"{assembly.title} 受付票 {facts.number}",
        author=body.name,
        foot=f"{body.name}　{assembly.title}　受付票　{facts.number}",
    )
    paper.text_line(f"{facts.member}　御中")
    paper.gap(6)
    paper.title(_title(facts))
    paper.paragraph(f"{body.name} {assembly.title}について、{_what_happened(facts)}")
    paper.gap(6)
    paper.definitions(_particulars(facts))
    paper.gap(4)
    columns = (Column("議案", 5), Column("表決の内容", 2, "centre", size=10.5))
    paper.table(columns, facts.choices)
    if not facts.refused and not facts.proved_in:
        paper.notes((change_sentence(facts.docket),))
    paper.gap(8)
    paper.heading("記録の確認")
    _record(paper, facts)
    return paper.finish()


def _title(facts: ReceiptFacts) -> str:
    what = "到着の記録" if facts.refused else "受付票"
    return f"書面表決 {what}({facts.proved_in}に対する証明)" if facts.proved_in else f"書面表決 {what}(控え)"


def _what_happened(facts: ReceiptFacts) -> str:
    if facts.refused:
        return f"次の表決書が到着しましたが、{facts.refused}到着の記録は残します。"
    return "次のとおり表決を受け付けました。"


def _particulars(facts: ReceiptFacts) -> tuple[tuple[str, str], ...]:
    at = facts.received_at.astimezone(JAPAN)
    who = "　".join(drawable(text) for text in (facts.section, facts.person) if text)
    return (
        ("受付番号", facts.number),
        ("受付日時", f"{instant_text(facts.received_at)}{at.second:02d}秒"),
        ("会員番号", facts.member_id),
        ("回答者", who or "記載なし"),
        ("提出方法", f"{channel_word(facts.channel)}({LEVELS[facts.level]})"),
        ("表決の期間", period_text(facts.docket.assembly.schedule)),
        *((("問合せ先", facts.contact),) if facts.contact else ()),
    )


def _record(paper: Paper, facts: ReceiptFacts) -> None:
    """The entry's place and the checkpoint that promises it, with the QR code beside the explanation."""
    paper.need(_QR + 70 * mm)
    alt = "QRコード: 記録の名称、番号及び値"
    paper.qr(RIGHT - _QR, paper.y + 1 * mm, _QR, qr(qr_content(facts)), alt=alt)
    end = paper.y + _QR + 4 * mm
    paper.paragraph(_RECORDED if not facts.proved_in else _proved(facts), measure_less=_QR + 8 * mm)
    paper.y = max(paper.y, end)
    paper.exact(
        (
            f"記録の番号　{facts.index}",
            f"記録の値(SHA-256)　{facts.leaf_hash}",
            "チェックポイント",
            *facts.checkpoint.split("\n")[:3],
            f"検証鍵　{facts.vkey}",
        )
    )


def _proved(facts: ReceiptFacts) -> str:
    size = int(facts.checkpoint.split("\n")[1])
    return (
        f"この受付票の内容は、{facts.proved_in}(全{size:,}件)に含まれています。次のチェックポイントは、"
        "その全体への署名です。同じ証明は検証用の受付票ファイルにあり、公表された記録と照合することができます。"
        "記録の値には、表決の内容は表れません。"
    )


def qr_content(facts: ReceiptFacts) -> str:
    """What the QR code holds: origin, index and leaf hash, a line each; no name and no choice."""
    return f"{facts.origin}\n{facts.index}\n{facts.leaf_hash}"
