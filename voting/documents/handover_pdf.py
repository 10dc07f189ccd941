"""引継書: what a new clerk or an auditor is handed, with room to sign for it.

It names people and where things are kept: it is for the office and for nobody else.
"""

from voting.documents.facts_handover import HandoverFacts
from voting.documents.frame import LEFT, RIGHT, baseline
from voting.documents.grid_columns import Column
from voting.documents.page import BODY, PITCH, Paper
from voting.documents.structure import Tag

_DIGEST, _BLANK = 7.5, 26.0
# An item and the first row of its table: a head alone at the foot of a page says nothing.
_HEAD = 100.0


def render_handover(facts: HandoverFacts) -> bytes:
    """The sheet as a PDF.  Raises: NoGlyph."""
    body, assembly = facts.docket.body.name, facts.docket.assembly.title
    title = f"{assembly}(書面開催)引継書"
    paper = Paper(title=title, author=body, foot=f"{body}　{assembly}　引継書(事務局限り)")
    paper.letterhead(date=facts.made_on)
    paper.title(title)
    paper.item("総会", f"{body}　{assembly}", f"期間　{facts.period}", f"現在の段階　{facts.stage}")
    paper.item("未了の事項", *(facts.open or ("なし",)))
    paper.need(_HEAD)
    paper.item("手続の経過")
    if facts.steps:
        paper.table((Column("手続", 3), Column("日時", 3), Column("記録の番号", 1.4, "right")), facts.steps)
    _files(paper, facts)
    _keys(paper, facts)
    _keeping(paper, facts)
    paper.need(_HEAD)
    paper.item("担当者", "この仕組みのアカウントを持つ者")
    paper.table((Column("氏名", 3), Column("役割", 2), Column("アカウント", 2)), facts.officers)
    paper.item("確かめ方", "次のコマンドにより、記録と結果を確かめることができます。")
    paper.exact(facts.commands, size=7.5)
    paper.item("担当及び連絡先", facts.contact)
    _signed_for(paper)
    return paper.finish()


def _files(paper: Paper, facts: HandoverFacts) -> None:
    paper.need(_HEAD)
    paper.item("ファイル")
    if facts.files:
        columns = (Column("区分", 1), Column("ファイル名及び SHA-256", 4.8, size=_DIGEST))
        paper.table(columns, [(each.of, f"{each.name}\n{each.sha256}") for each in facts.files])
    paper.need(_HEAD)
    paper.item("検証一式")
    paper.exact(facts.bundle)


def _keys(paper: Paper, facts: HandoverFacts) -> None:
    paper.need(_HEAD)
    paper.item("記録", "この総会の記録の名称、検証鍵及び最新のチェックポイント")
    paper.exact(facts.record, size=7.5)
    paper.need(_HEAD)
    paper.item("署名の鍵", "結果及び議事録に署名する鍵の証明書" if facts.keys else "なし")
    if facts.keys:
        # A digest is compared at a glance: it stays on one line.
        columns = (Column("署名者", 1), Column("名義、期限及び証明書の SHA-256", 4.8, size=_DIGEST))
        rows = [(each.signer, f"{each.name}　{each.until}まで\n{each.fingerprint}") for each in facts.keys]
        paper.table(columns, rows)


def _keeping(paper: Paper, facts: HandoverFacts) -> None:
    paper.need(_HEAD)
    paper.item("保管", "保管の場所及び保管者の欄が空いているものは、引継ぎの際に書き入れてください。")
    columns = (
        Column("保管するもの", 2.6),
        Column("場所", 2.2),
        Column("保管者", 1.4),
        Column("いつまで", 2.4),
    )
    paper.table(columns, [(each.what, each.where, each.who, each.until) for each in facts.things])


def _signed_for(paper: Paper) -> None:
    """Who hands over, who takes over, who was there; written by hand, all on one page."""
    people = ("前任者", "後任者", "立会者")
    paper.need(2 * PITCH + len(people) * _BLANK + PITCH)
    paper.gap(PITCH / 2)
    paper.paragraph("上記のとおり引き継ぎました。")
    paper.gap(4)
    with paper.tagged(Tag.P):
        at = baseline(paper.y, BODY, PITCH)
        paper.text(LEFT + 2 * BODY, at, "令和　　　年　　　月　　　日", size=BODY)
    paper.y += PITCH
    for name in people:
        with paper.tagged(Tag.P):
            at = baseline(paper.y, BODY, _BLANK)
            paper.text(LEFT + 12 * BODY, at, f"{name}　職氏名", size=BODY)
        paper.rule(LEFT + 21 * BODY, paper.y + _BLANK - 5, RIGHT, paper.y + _BLANK - 5)
        paper.y += _BLANK
