"""受付票(控え): what a member keeps of its answer, and what it needs to check the record later."""

from reportlab.lib.units import mm

from voting.documents.facts import ReceiptFacts
from voting.documents.frame import RIGHT
from voting.documents.grid_columns import Column
from voting.documents.page import Paper
from voting.documents.qr import qr
from voting.documents.translation import put_translation
from voting.documents.typeface import drawable

LEVELS = {
    "K0": "事務局から通知した回答コードによる",
    "K1": "監査人から交付した回答コードによる",
    "KP": "書面を2名で入力し、確認",
}
_QR = 30 * mm
_RECORD = _QR + 80 * mm
_RECORDED = (
    "表決は、署名付きの記録に書き込まれました。期間の終了後に公表される記録に、この受付票の内容がそのまま"
    "含まれていることを、次の値により確かめることができます。記録の値には、表決の内容は表れません。"
)
_PROVED = (
    "この受付票の内容は、{record}(全{size}件)に含まれています。次のチェックポイントは、"
    "その全体への署名です。同じ証明は検証用の受付票ファイルにあり、公表された記録と照合することができます。"
    "記録の値には、表決の内容は表れません。"
)


def render_receipt(facts: ReceiptFacts) -> bytes:
    """The receipt as a PDF, one page for a usual number of motions.

    Raises  NoGlyph; KeyError for a level that is none.
    """
    assembly, body, say = facts.docket.assembly, facts.docket.body, facts.say
    paper = Paper(
        title=f"{assembly.title} {say.term('受付票')} {facts.number}",
        author=body.name,
        foot=f"{body.name}　{assembly.title}　{say.term('受付票')}　{facts.number}",
        language=say.tag,
    )
    paper.text_line(say.says("{member}　御中", member=facts.member))
    paper.gap(6)
    paper.title(_title(facts))
    put_translation(paper, say, "受付票")
    paper.paragraph(_what_happened(facts))
    paper.gap(6)
    paper.definitions(_particulars(facts))
    paper.gap(4)
    columns = (Column(say.term("議案"), 5), Column(say.term("表決の内容"), 2, "centre", size=10.5))
    paper.table(columns, facts.choices)
    if not facts.refused and not facts.proved_in:
        paper.notes((say.change(facts.docket),), mark=say.term("※"))
    paper.gap(8)
    paper.need(_RECORD)
    paper.heading(say.term("記録の確認"))
    _record(paper, facts)
    return paper.finish()


def _title(facts: ReceiptFacts) -> str:
    say = facts.say
    what = say.term("到着の記録" if facts.refused else "受付票")
    if facts.proved_in:
        return say.says("書面表決 {what}({record}に対する証明)", what=what, record=facts.proved_in)
    return say.says("書面表決 {what}(控え)", what=what)


def _what_happened(facts: ReceiptFacts) -> str:
    body, assembly = facts.docket.body.name, facts.docket.assembly.title
    if facts.refused:
        return facts.say.says(
            "{body} {assembly}について、次の表決書が到着しましたが、{refused}到着の記録は残します。",
            body=body,
            assembly=assembly,
            refused=facts.refused,
        )
    return facts.say.says(
        "{body} {assembly}について、次のとおり表決を受け付けました。", body=body, assembly=assembly
    )


def _particulars(facts: ReceiptFacts) -> tuple[tuple[str, str], ...]:
    say = facts.say
    who = "　".join(drawable(text) for text in (facts.section, facts.person) if text)
    level = say.term(LEVELS[facts.level])
    return (
        (say.term("受付番号"), facts.number),
        (say.term("受付日時"), say.second(facts.received_at)),
        (say.term("会員番号"), facts.member_id),
        (say.term("回答者"), who or say.term("記載なし")),
        (say.term("提出方法"), say.says("{way}({level})", way=say.channel(facts.channel), level=level)),
        (say.term("表決の期間"), say.period(facts.docket.assembly.schedule)),
        *(((say.term("問合せ先"), facts.contact),) if facts.contact else ()),
    )


def _record(paper: Paper, facts: ReceiptFacts) -> None:
    """The entry's place and the checkpoint that promises it, with the QR code beside the explanation."""
    say = facts.say
    alt = say.term("QRコード: 記録の名称、番号及び値")
    paper.qr(RIGHT - _QR, paper.y + 1 * mm, _QR, qr(qr_content(facts)), alt=alt)
    end = paper.y + _QR + 4 * mm
    paper.paragraph(_proved(facts) if facts.proved_in else say.term(_RECORDED), measure_less=_QR + 8 * mm)
    paper.y = max(paper.y, end)
    paper.exact(
        (
            say.says("記録の番号　{index}", index=facts.index),
            say.says("記録の値(SHA-256)　{value}", value=facts.leaf_hash),
            say.term("チェックポイント"),
            *facts.checkpoint.split("\n")[:3],
            say.says("検証鍵　{key}", key=facts.vkey),
        )
    )


def _proved(facts: ReceiptFacts) -> str:
    size = int(facts.checkpoint.split("\n")[1])
    return facts.say.says(_PROVED, record=facts.proved_in, size=f"{size:,}")


def qr_content(facts: ReceiptFacts) -> str:
    """What the QR code holds: origin, index and leaf hash, a line each; no name and no choice."""
    return f"{facts.origin}\n{facts.index}\n{facts.leaf_hash}"
