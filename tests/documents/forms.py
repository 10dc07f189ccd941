"""Forms for tests: what the origin case would have sent out."""

from collections.abc import Iterator
from dataclasses import replace

from tests.documents.council import docket
from voting.core.motions import Motion
from voting.documents.facts_form import FormFacts, FormMember
from voting.wording import closing_text, form_notes
from voting.wording.papers import PAPERS

DOCKET = docket()
FORM = FormFacts(
    docket=DOCKET,
    to="全国二地域居住等促進協議会　会長　様",
    deadline=closing_text(DOCKET.assembly.schedule),
    ways=(
        ("Web", "https://vote.example.jp/v　(通知に記載の回答コードを入力)"),
        ("FAX", "00-0000-0000"),
        ("電子メール", "office@example.jp"),
        ("郵送", "〒000-0000 架空県架空市1-1 全国二地域居住等促進協議会事務局"),
    ),
    contact=("連絡先", "全国二地域居住等促進協議会事務局(電話 00-0000-0000)"),
    notes=form_notes(DOCKET),
)


def english(form: FormFacts = FORM, *motions: Motion) -> FormFacts:
    """The same in English, as the service would make it."""
    say, asked = PAPERS["en"], docket(*motions) if motions else form.docket
    where = (
        "https://vote.example.jp/v (enter the code that the notice gives)",
        *(to for _, to in form.ways[1:]),
    )
    ways = zip(("web", "fax", "mail", "post"), where, strict=True)
    return replace(
        form,
        docket=asked,
        deadline=say.closing(asked.assembly.schedule),
        ways=tuple((say.channel(way), to) for way, to in ways),
        contact=(say.term("連絡先"), form.contact[1]),
        notes=say.form_notes(asked),
        say=say,
    )


def member(number: int, name: str = "") -> FormMember:
    """Invented: every member has another name and another code."""
    code = f"{number:04d}-AB{number % 97:02d}"
    return FormMember(
        member_id=f"M{number:04d}",
        name=name or f"架空{number}町",
        votes="",
        code=code,
        qr=f"vote.example.jp/council/2024-09\nM{number:04d}\n{code}",
    )


def members(count: int) -> Iterator[FormMember]:
    return (member(number) for number in range(1, count + 1))
