"""引継書: what a new clerk or an auditor is handed, with room to sign for it.

Order   everything that the successor has to know stands on the first page, the signatures too; what is only
        compared or looked up (digests, keys, members to be asked) follows as its annex.
It names people and where things are kept: it is for the office and for nobody else.
Source  product.md P3, hand-over.
"""

from voting.documents.facts_handover import HandedKey, HandoverFacts
from voting.documents.frame import LEFT, RIGHT, baseline
from voting.documents.grid_columns import Column
from voting.documents.page import BODY, Paper
from voting.documents.spacing import LETTER, SPACINGS, Spacing
from voting.documents.structure import Tag
from voting.documents.translation import put_translation
from voting.wording.editions import PaperSay

_DIGEST = 7.5
_LEAST_BLANK = 20.0  # room for a name written by hand
# An item and the first row of its table: a head alone at the foot of a page says nothing.
_HEAD = 100.0


def render_handover(facts: HandoverFacts) -> bytes:
    """The sheet as a PDF, set as wide as its first page allows.  Raises: NoGlyph."""
    settings = (_first_page(facts, spacing) for spacing in SPACINGS)
    paper = next(settings)
    while paper.page_count > 1 and (closer := next(settings, None)):
        paper = closer
    _annex(paper, facts)
    return paper.finish()


def _first_page(facts: HandoverFacts, spacing: Spacing) -> Paper:
    body, assembly, say = facts.docket.body.name, facts.docket.assembly.title, facts.say
    title = say.says("{assembly}(書面開催)引継書", assembly=assembly)
    foot = f"{body}　{assembly}　{say.term('引継書(事務局限り)')}"
    paper = Paper(title=title, author=body, foot=foot, language=say.tag)
    paper.spacing = spacing
    paper.letterhead(date=facts.made_on, compact=True)
    paper.title(title)
    put_translation(paper, say, "引継書")
    paper.item(
        say.term("総会"),
        f"{body}　{assembly}",
        say.says("期間　{period}", period=facts.period),
        say.says("現在の段階　{stage}", stage=facts.stage),
    )
    paper.item(say.term("未了の事項"), *(facts.open or (say.term("なし"),)))
    _steps(paper, facts)
    paper.item(
        say.term("次の総会"),
        say.term(
            "この総会の議案の件名と規則は、事務局の画面「写して作る」により、翌年の総会に写すことができます。"
        ),
    )
    paper.item(say.term("会員の連絡先"), facts.contacts)
    _keeping(paper, facts)
    _officers(paper, facts)
    paper.item(say.term("担当及び連絡先"), facts.contact)
    _signed_for(paper, say)
    return paper


def _annex(paper: Paper, facts: HandoverFacts) -> None:
    say = facts.say
    paper.break_page()
    paper.spacing = LETTER
    paper.heading(say.term("別紙"))
    _files(paper, facts)
    _keys(paper, facts)
    paper.item(say.term("確かめ方"), say.term("次のコマンドにより、記録と結果を確かめることができます。"))
    paper.exact(facts.commands, size=7.5)
    _old_contacts(paper, facts)


def _steps(paper: Paper, facts: HandoverFacts) -> None:
    say = facts.say
    paper.need(_HEAD)
    paper.item(say.term("手続の経過"))
    if facts.steps:
        columns = (
            Column(say.term("手続"), 3),
            Column(say.term("日時"), 3),
            Column(say.term("記録の番号"), 1.4, "right"),
        )
        paper.table(columns, facts.steps)


def _files(paper: Paper, facts: HandoverFacts) -> None:
    say = facts.say
    paper.need(_HEAD)
    paper.item(say.term("ファイル"))
    if facts.files:
        columns = _digests(say, "区分", "ファイル名及び SHA-256")
        paper.table(columns, [(each.of, f"{each.name}\n{each.sha256}") for each in facts.files])
    paper.need(_HEAD)
    paper.item(say.term("検証一式"))
    paper.exact(facts.bundle)


def _keys(paper: Paper, facts: HandoverFacts) -> None:
    say = facts.say
    paper.need(_HEAD)
    paper.item(say.term("記録"), say.term("この総会の記録の名称、検証鍵及び最新のチェックポイント"))
    paper.exact(facts.record, size=7.5)
    paper.need(_HEAD)
    paper.item(say.term("署名の鍵"), say.term("結果及び議事録に署名する鍵の証明書" if facts.keys else "なし"))
    if facts.keys:
        columns = _digests(say, "署名者", "名義、期限及び証明書の SHA-256")
        paper.table(columns, [(each.signer, _key(each, say)) for each in facts.keys])


def _digests(say: PaperSay, of: str, digest: str) -> tuple[Column, Column]:
    # A digest is compared at a glance: it stays on one line.
    return Column(say.term(of), 1), Column(say.term(digest), 4.8, size=_DIGEST)


def _key(key: HandedKey, say: PaperSay) -> str:
    return f"{say.says('{name}　{until}まで', name=key.name, until=key.until)}\n{key.fingerprint}"


def _keeping(paper: Paper, facts: HandoverFacts) -> None:
    say = facts.say
    paper.need(_HEAD)
    blank = say.term("保管の場所及び保管者の欄が空いているものは、引継ぎの際に書き入れてください。")
    paper.item(say.term("保管"), blank)
    columns = (
        Column(say.term("保管するもの"), 2.6),
        Column(say.term("場所"), 2.2),
        Column(say.term("保管者"), 1.4),
        Column(say.term("いつまで"), 2.4),
    )
    paper.table(columns, [(each.what, each.where, each.who, each.until) for each in facts.things])


def _officers(paper: Paper, facts: HandoverFacts) -> None:
    say = facts.say
    paper.need(_HEAD)
    paper.item(say.term("担当者"), say.term("この仕組みのアカウントを持つ者"))
    columns = (Column(say.term("氏名"), 3), Column(say.term("役割"), 2), Column(say.term("アカウント"), 2))
    paper.table(columns, facts.officers)


def _old_contacts(paper: Paper, facts: HandoverFacts) -> None:
    say = facts.say
    if not facts.old_contacts:
        return
    paper.need(_HEAD)
    paper.item(say.term("連絡先が12か月より古い会員"))
    columns = (
        Column(say.term("会員番号"), 1.2),
        Column(say.term("名称"), 4),
        Column(say.term("最後に確かめた日"), 2),
    )
    paper.listing(columns, facts.old_contacts, name=1)


def _signed_for(paper: Paper, say: PaperSay) -> None:
    """Who hands over, who takes over, who was there; written by hand, all on one page.

    A translation has no room to sign, so that nobody takes it for the sheet.
    """
    if not say.is_japanese:
        paper.item(say.term("署名"), say.term("前任者、後任者及び立会者が、日本語の引継書に署名します。"))
        return
    people = ("前任者", "後任者", "立会者")
    pitch = paper.spacing.line
    blank = max(_LEAST_BLANK, pitch * 1.45)
    paper.need(2 * pitch + len(people) * blank + pitch)
    paper.gap(pitch / 2)
    paper.paragraph("上記のとおり引き継ぎました。")
    paper.gap(4)
    with paper.tagged(Tag.P):
        at = baseline(paper.y, BODY, pitch)
        paper.text(LEFT + 2 * BODY, at, "令和　　　年　　　月　　　日", size=BODY)
    paper.y += pitch
    for name in people:
        with paper.tagged(Tag.P):
            at = baseline(paper.y, BODY, blank)
            paper.text(LEFT + 12 * BODY, at, f"{name}　職氏名", size=BODY)
        paper.rule(LEFT + 21 * BODY, paper.y + blank - 5, RIGHT, paper.y + blank - 5)
        paper.y += blank
