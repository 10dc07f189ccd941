"""The answers that the demonstration plays, read from their sheet: all its faults at once, by their rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from voting.core.ballots import Channel, Submission
from voting.core.docket import Docket
from voting.core.errors import Refusal
from voting.demo.stage import Material
from voting.services.casting.answers import BadChoices, require_choices
from voting.services.register.rolls import Preview
from voting.sheets.assembly_toml import read_assembly
from voting.sheets.ballot_sheet import read_ballots
from voting.sheets.finding_wording import finding_text


@dataclass(eq=False)
class BallotsHaveErrors(Refusal):
    """The file of ballots is not sound; nothing was played."""

    code: ClassVar[str] = "ballots-have-errors"
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers that can be played.  Order: by row."""

    docket: Docket
    submissions: tuple[Submission, ...]

    @property
    def first(self) -> datetime | None:
        """The instant of the earliest one."""
        return min((each.received_at for each in self.submissions), default=None)

    def by_roll(self, preview: Preview) -> tuple[tuple[Submission, ...], tuple[str, ...]]:
        """Those of members on the roll, and a line for each of anybody else's: it is in no number."""
        on_roll = {each.member_id for each in preview.sheet.members}
        known = tuple(each for each in self.submissions if each.member_id in on_roll)
        strangers = (each.member_id for each in self.submissions if each.member_id not in on_roll)
        return known, tuple(f"{each}: 名簿にない会員のため、算入しません。" for each in strangers)


def read_answers(given: Material) -> Answers:
    """The answers in the sheet.  Raises: BallotsHaveErrors, and the refusals of both files."""
    docket = read_assembly(given.assembly).docket
    sheet = read_ballots(given.ballots, given.ballots_name, docket)
    if not sheet.is_sound:
        raise BallotsHaveErrors(tuple(finding_text(each) for each in sheet.findings))
    on_web = (each for each in sheet.submissions if each.channel is Channel.WEB)
    faults = tuple(
        f"{each.order}行目 {each.member_id}: {fault}"
        for each in on_web
        for fault in _web_faults(docket, each)
    )
    if faults:
        raise BallotsHaveErrors(faults)
    return Answers(docket, sheet.submissions)


def _web_faults(docket: Docket, sent: Submission) -> Iterator[str]:
    """What the form on the web would not have sent, in words."""
    on_paper = "「方法」を、書面が届いた方法(郵送、FAX、メール、持参)にしてください。"
    if sent.proxy:
        yield (
            "Webの回答では委任できません。"
            "「方法」を、委任状が届いた方法(郵送、FAX、メール、持参)にしてください。"
        )
        return
    if sent.defect:
        yield f"Webの回答に「不備」は記入できません。{on_paper}"
    try:
        require_choices(docket, sent.choices, on_paper=False)
    except BadChoices as refused:
        named = "、".join(f"第{number}号議案" for number in refused.motions)
        yield (
            f"Webでは、全ての議案に、選べる回答を一つずつ記入しないと提出できません({named})。"
            f"記入するか、{on_paper}"
        )
