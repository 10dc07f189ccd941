"""開催案内: the letter that calls an assembly held in writing.

Order   number, date, addressee, sender; subject; why and on what basis; then, numbered, what members must
        know to answer: period, roll, motions, ways, treatment, questions, publication, key; 以上, contact.
Source  domain.md 1.2.5 and 3.3.
"""

from voting.documents.facts_letter import LetterFacts, NoticeFacts
from voting.documents.grid_columns import Column
from voting.documents.page import Paper
from voting.documents.spacing import PITCH
from voting.documents.translation import put_translation
from voting.wording.editions import PaperSay


def render_notice(facts: NoticeFacts) -> bytes:
    """The letter as a PDF.  Raises: NoGlyph."""
    assembly, body, say = facts.docket.assembly.title, facts.docket.body.name, facts.say
    title = say.says("{assembly}(書面開催)の開催について(通知)", assembly=assembly)
    paper = Paper(
        title=title, author=body, foot=f"{body}　{assembly}　{say.term('開催案内')}", language=say.tag
    )
    put_letterhead(paper, facts.letter)
    paper.title(title)
    put_translation(paper, say, "開催案内")
    for text in facts.opening:
        paper.paragraph(text)
    put_record(paper, say)
    _what(paper, facts)
    _how(paper, facts)
    paper.item(say.term("結果の公表"), *facts.publication)
    kept = say.term("結果を確かめるときに用います。結果の公表まで保管してください。")
    paper.item(say.term("記録の検証鍵"), kept)
    paper.exact((facts.vkey,), size=7.5)
    if facts.enclosed:
        paper.item(say.term("同封書類"), "、".join(facts.enclosed))
    put_end(paper, say, facts.contact)
    return paper.finish()


def put_record(paper: Paper, say: PaperSay) -> None:
    """記: from here on the letter says in items what it is about; a letter in English has no word for it."""
    if say.is_japanese:
        paper.centre("記")
    else:
        paper.gap(6)


def put_end(paper: Paper, say: PaperSay, contact: str) -> None:
    """以上, which ends what began with 記, and below it whom to ask; in English the last of the items."""
    if say.is_japanese:
        paper.right("以上")
        paper.gap(PITCH / 2)
        paper.definitions(((say.term("担当及び連絡先"), contact),))
    else:
        paper.item(say.term("担当及び連絡先"), contact)


def put_letterhead(paper: Paper, letter: LetterFacts) -> None:
    paper.letterhead(
        number=letter.number,
        date=letter.date,
        to=letter.to,
        sender=letter.sender,
        seal=letter.seal if letter.sender else "",
    )


def _what(paper: Paper, facts: NoticeFacts) -> None:
    say = facts.say
    if facts.basis:
        paper.item(say.term("根拠"), *facts.basis)
    paper.item(say.term("期間"), facts.period)
    paper.item(say.term("基準日等"), *facts.roll)
    paper.item(say.term("議案"))
    documents = any(motion.documents for motion in facts.motions)
    # What a motion needs takes more words in English, and its number must not be broken.
    shares = (1.3, 4, 3, 2) if say.is_japanese else (1.5, 3.2, 3.8, 2)
    heads = ("議案", "議案名", "議決要件", *(("資料",) if documents else ()))
    columns = [Column(say.term(head), share) for head, share in zip(heads, shares, strict=False)]
    rows = [
        (motion.label, motion.title, motion.requirement, *(("、".join(motion.documents),) * documents))
        for motion in facts.motions
    ]
    paper.table(columns, rows)
    conditions = [
        say.says("{motion}は、{condition}", motion=each.label, condition=each.condition)
        for each in facts.motions
        if each.condition
    ]
    if conditions:
        paper.notes(conditions, mark=say.term("※"))


def _how(paper: Paper, facts: NoticeFacts) -> None:
    say = facts.say
    ways = (say.says("{way}　{to}", way=way, to=to) for way, to in facts.ways)
    paper.item(say.term("表決の方法"), say.term("次のいずれかの方法によります。"), *ways)
    paper.item(say.term("提出期限"), say.says("{deadline}(必着)", deadline=facts.deadline))
    numbered = (f"({place}) {text}" for place, text in enumerate(facts.rules, 1))
    paper.item(say.term("表決の取扱い"), *numbered)
    if facts.questions:
        paper.item(say.term("質問"), facts.questions)
