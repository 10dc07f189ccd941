"""What the office tells members during the period: reminders, changes, codes issued again.

A reminder repeats what silence means in the words of notice and form, and asks for neither answer.
Source  domain.md 8.6.
"""

from dataclasses import dataclass
from datetime import datetime

from voting.core.docket import Docket
from voting.wording.numbers import motion_label
from voting.wording.periods import closing_text, instant_text
from voting.wording.rules import silence_sentences


@dataclass(frozen=True, slots=True)
class Told:
    """A letter of the office.  Shape: ``subject`` is the word in brackets before the assembly's title."""

    subject: str
    lead: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]

    def text(self) -> str:
        """The letter without address and contact, as it is shown before it is sent."""
        parts = ["\n".join(self.lead), *(f"■ {head}\n" + "\n".join(lines) for head, lines in self.sections)]
        return "\n\n".join(parts)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of what was frozen.  Shape: ``what`` is period or texts; ``facts`` its sentences."""

    what: str
    at: datetime
    facts: tuple[str, ...]
    reason: str


CHANGES = {"period": "締切の延長", "texts": "議案の取下げ・再提出"}
_WHY = "理由: "


def change_facts(before: Docket, after: Docket, what: str) -> tuple[str, ...]:
    """What a change changes, in sentences."""
    if what == "period":
        old, new = closing_text(before.assembly.schedule), closing_text(after.assembly.schedule)
        return (f"締切　変更前 {old}　変更後 {new}",)
    kept = {motion.number: motion for motion in after.motions}
    found = []
    for motion in before.motions:
        new_one = kept.get(motion.number)
        if new_one is None:
            found.append(f"{motion_label(motion)}「{motion.title}」　取下げ")
        elif new_one != motion:
            found.append(f"{motion_label(motion)}　変更前「{motion.title}」　変更後「{new_one.title}」")
    return tuple(found)


def change_sentence_of(change: Change) -> str:
    """One change in one sentence, as page and paper print it."""
    told = "　".join((*change.facts, f"{_WHY}{change.reason}"))
    return f"{instant_text(change.at)}　{CHANGES[change.what]}　{told}"


def change_told(docket: Docket, change: Change, *, page: str) -> Told:
    """To every member, after a change."""
    title = docket.assembly.title
    if change.what == "period":
        return Told(
            "重要 書面表決の締切の延長",
            (f"{title}の締切を延長しました。",),
            (
                ("締切", (*change.facts, f"{_WHY}{change.reason}")),
                (
                    "回答について",
                    (
                        "既に提出された回答は、そのまま有効です。新しい締切まで、何度でも変更できます。",
                        page,
                    ),
                ),
                ("新しい締切までに提出がない場合の取扱い", silence_sentences(docket)),
            ),
        )
    return Told(
        "重要 議案の変更と再回答のお願い",
        (
            f"{title}の議案を取り下げ、内容を改めて提出しました。",
            "これまでに提出された回答は、すべての議案について無効となりました。",
        ),
        (
            ("変更の内容", (*change.facts, f"{_WHY}{change.reason}")),
            (
                "お願い",
                (
                    "お手元の回答コードで次のページを開き、変更後の議案について、もう一度ご回答ください。",
                    page,
                    f"締切 {closing_text(docket.assembly.schedule)}",
                ),
            ),
            (
                "回答がない場合の取扱い",
                (
                    "変更の前に回答した団体から、変更後の回答がない場合は、賛否のいずれにも算入しません。"
                    "賛成とはみなしません。",
                    "一度も回答していない団体については、次のとおりです。",
                    *silence_sentences(docket),
                ),
            ),
        ),
    )


def erratum_sentence(at: datetime, name: str, reason: str) -> str:
    """One erratum in one sentence."""
    return f"{instant_text(at)}　正誤表　{name}　{reason}"


def erratum_told(docket: Docket, name: str, reason: str, *, link: str, page: str) -> Told:
    """To every member, after an erratum was added."""
    return Told(
        "資料の正誤表",
        (
            f"{docket.assembly.title}の資料について、正誤表を追加しました。",
            "元の資料は差し替えていません。議案の内容に変更はなく、提出済みの回答はそのまま有効です。",
        ),
        (
            ("正誤表", (name, link)),
            ("内容", (reason,)),
            ("回答のページ", (page, f"締切 {closing_text(docket.assembly.schedule)}")),
        ),
    )


def reissue_told(docket: Docket, *, is_new_address: bool) -> Told:
    """To the contacts of a member whose code was issued again to another of its addresses."""
    where = "新しく届出のあった宛先" if is_new_address else "登録されている別の宛先"
    return Told(
        "重要 回答コードの再発行のお知らせ",
        (
            f"{docket.assembly.title}の回答コードを再発行し、{where}へお送りしました。",
            "これまでの回答コードは使えなくなりました。既に提出された回答は、そのまま有効です。",
        ),
        (
            (
                "お心当たりがない場合",
                ("貴団体からの依頼によるものでないときは、すぐに事務局へご連絡ください。",),
            ),
        ),
    )


def reminder_told(docket: Docket, *, as_of: str, page: str) -> Told:
    """To a member of which nothing was received by *as_of*."""
    return Told(
        "書面表決 ご提出の確認",
        (
            f"{docket.assembly.title}について、{as_of}現在、貴団体の表決書を受け付けておりません。",
            "行き違いの場合はご容赦ください。",
        ),
        (
            ("期限", (f"{closing_text(docket.assembly.schedule)}(必着)",)),
            ("期限までに提出がない場合の取扱い", silence_sentences(docket)),
            (
                "回答の方法",
                (
                    "通知に記載した回答コードで、次のページを開いてください。",
                    page,
                    "どのような回答も、同じように受け付けます。既に決めておられる場合も、決めておられない場合も、"
                    "回答の内容を事務局からお尋ねすることはありません。",
                    "回答コードが見当たらない場合は、事務局へ再発行をお申し付けください。",
                ),
            ),
        ),
    )
