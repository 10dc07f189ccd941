"""What is done to the motions of a draft, for ``drafts.revise``: added, put, taken out, moved."""

from dataclasses import replace

from voting.core.drafting import add_motion, move_motion, put_motion, remove_motion
from voting.core.motions import Motion
from voting.services.drafting.drafts import Change, Content
from voting.services.drafting.motion_texts import with_text
from voting.services.errors import UnknownMotion
from voting.store.transaction import Transaction


def adding(motion: Motion, text: str) -> Change:
    """One motion more, the last.  Raises: NumberTaken, TextTooLong."""

    def change(tx: Transaction, content: Content) -> Content:
        return replace(content, docket=add_motion(content.docket, with_text(tx, motion, text)))

    return change


def putting(number: int, motion: Motion, text: str) -> Change:
    """Another motion in the place of that one; its papers stay.  Raises: NumberTaken, TextTooLong."""

    def change(tx: Transaction, content: Content) -> Content:
        kept = replace(motion, documents=_motion(content, number).documents)
        return replace(content, docket=put_motion(content.docket, number, with_text(tx, kept, text)))

    return change


def removing(number: int) -> Change:
    """All but that motion.  Raises: MotionIsCondition."""

    def change(tx: Transaction, content: Content) -> Content:
        _motion(content, number)
        return replace(content, docket=remove_motion(content.docket, number))

    return change


def moving(number: int, *, down: bool) -> Change:
    """That motion one place later or earlier."""

    def change(tx: Transaction, content: Content) -> Content:
        _motion(content, number)
        return replace(content, docket=move_motion(content.docket, number, down=down))

    return change


def _motion(content: Content, number: int) -> Motion:
    for motion in content.docket.motions:
        if motion.number == number:
            return motion
    raise UnknownMotion(number)
