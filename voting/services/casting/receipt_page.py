"""A member's receipt: in words for the page, as a file, and whose it is."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from voting.core.errors import Broken
from voting.documents.facts import ReceiptFacts
from voting.documents.receipt_pdf import render_receipt
from voting.ledger.canonical import parse_instant
from voting.ledger.merkle import leaf_hash
from voting.ledger.receipt_file import Receipt, format_receipt
from voting.runtime import Runtime
from voting.services.casting import ballots
from voting.services.casting.ballots import Key
from voting.services.casting.motion_lines import MotionLine
from voting.services.casting.pages import answer_line, proof_word
from voting.services.outcome import closing
from voting.services.period import asked
from voting.wording import receipt_number
from voting.wording.pages import PAGES


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """A receipt in words.

    Shape   ``index`` as in addresses; ``choices``: label, title and choice of each motion; ``refused`` is
            a sentence, empty where the answer was accepted; ``keep``: the three lines of the checkpoint.
    """

    index: str
    number: str
    received: str
    refused: str
    level: str
    member_id: str
    member: str
    choices: tuple[tuple[str, str, str], ...]
    keep: tuple[str, ...]


def receipt_page(receipt: Receipt, motions: Iterable[MotionLine], *, language: str = "ja") -> ReceiptPage:
    """Everything a member sees at once: made from the receipt alone, so it says what was recorded.

    Shape   *motions* are in the words of *language* already.
    """
    say, words = PAGES[language], _choices(receipt, language)
    # Our own bytes, read back from the store a moment ago: only what is shown is looked at.
    entry: Any = json.loads(receipt.entry)
    body, is_refused = entry["body"], entry["kind"] == "refused"
    if receipt.member is None:
        raise Broken(f"entry {receipt.index} is no answer of a member")
    return ReceiptPage(
        index=str(receipt.index),
        number=receipt_number(receipt.index),
        received=say.instant(parse_instant(body["received_at"])),
        refused=say.paper.refusal(body["reason"] if is_refused else None),
        level=body["level"],
        member_id=receipt.member.id,
        member=receipt.member.name,
        choices=tuple(
            (motion.label, motion.title, words[str(motion.number)])
            for motion in motions
            if str(motion.number) in words
        ),
        keep=tuple(receipt.checkpoint.decode().split("\n")[:3]),
    )


def _choices(receipt: Receipt, language: str) -> Mapping[str, str]:
    """The choices in words.  Those of the receipt itself are Japanese."""
    if language == "ja":
        return receipt.words
    choices = None if receipt.opening is None else receipt.opening.ballot["choices"]
    if not isinstance(choices, dict):
        raise Broken(f"the receipt of entry {receipt.index} opens to no choices")
    return PAGES[language].paper.choices(choices)


def file(rt: Runtime, key: Key, index: int, *, final: bool = False) -> bytes:
    """The receipt's file, for something that this member sent; *final* proves it against the final record.

    Raises  NoSuchReceipt, UnknownCode, CredentialReplaced; NotThatFar for a final one before the close.
    """
    return format_receipt(ballots.receipt(rt, key, index, final=final))


def pdf(rt: Runtime, key: Key, index: int, *, final: bool = False, language: str = "ja") -> bytes:
    """The receipt as a paper, or its translation; that of a refused answer says so.

    Raises  as ``file``.
    """
    opened, receipt = ballots.view(rt, key), ballots.receipt(rt, key, index, final=final)
    sent = next(each for each in opened.history if each.index == index)
    case, page_say = opened.case, PAGES[language]
    say = page_say.paper
    with rt.database.reading() as tx:
        # The titles under which it was given: the choice was not made on others.
        docket = asked.by(tx, case, sent).docket
    said = answer_line(sent, docket, page_say)
    titles = {say.motion(motion.number): motion.title for motion in docket.motions}
    return render_receipt(
        ReceiptFacts(
            docket=case.docket,
            member_id=opened.voter.member_id,
            member=opened.voter.name,
            number=receipt_number(index),
            received_at=parse_instant(sent.received_at),
            choices=tuple((f"{label} {titles[label]}", choice) for label, choice in said.words),
            section=sent.section,
            person=sent.respondent,
            channel=sent.channel,
            level=sent.level,
            origin=case.origin,
            index=index,
            leaf_hash=leaf_hash(receipt.entry).hex(),
            checkpoint=receipt.checkpoint.decode(),
            vkey=case.vkey,
            refused=say.refusal(closing.no_effect(case, sent) or None),
            contact=case.contact,
            proved_in=say.term(proof_word(case)) if final else "",
            say=say,
        )
    )
