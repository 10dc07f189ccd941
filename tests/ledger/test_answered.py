"""Which texts a vote answers: by the web those under which it is recorded, on paper those of its arrival."""

from dataclasses import replace

import pytest

from tests.ledger.story import MINUTE, PERSONS, Story, digest
from voting.ledger.answered import NewTexts, answers, texts_answered
from voting.ledger.entries import Amend, Paper
from voting.ledger.kinds import Ballot
from voting.ledger.replay import replay

FOR = {"1": "for"}
AGAIN = Amend(
    what="texts", old_sha256=digest("docket"), new_sha256=digest("docket 2"), reason="誤記", approvals=PERSONS
)


def told(*, registered_behind: bool, minutes_before: int) -> tuple[Story, NewTexts]:
    """A sheet that says it arrived so long before the texts were amended, and is read after that."""
    story = Story().begun()
    amended_at = story.now + 10 * MINUTE
    arrived_at = amended_at - minutes_before * MINUTE
    sheet = Paper(serial="0001", arrived_at=arrived_at, scan_sha256=digest("scan"), by=PERSONS[0])
    if not registered_behind:
        paper = story.add(sheet, at=amended_at - MINUTE)
    texts = NewTexts(story.add(AGAIN, at=amended_at), amended_at)
    if registered_behind:
        paper = story.add(sheet, at=max(amended_at, arrived_at) + MINUTE)
    story.cast("M0001", FOR, paper=paper, received_at=arrived_at, at=story.now + MINUTE)
    return story, texts


def stands(story: Story, texts: NewTexts) -> bool:
    entry = story.entries[-1]
    body = entry.body
    assert isinstance(body, Ballot)
    return answers(texts, index=entry.index, paper=body.paper, received_at=body.received_at)


def test_a_sheet_of_before_that_is_read_after_the_amend_is_allowed_and_answers_the_old_texts():
    story, texts = told(registered_behind=False, minutes_before=5)

    assert replay(story.entries).latest
    assert story.entries[-1].index > texts.index
    assert not stands(story, texts)


def test_a_sheet_that_lay_at_the_door_when_the_texts_were_amended_is_not_made_newer_by_registering_it():
    assert not stands(*told(registered_behind=True, minutes_before=5))


@pytest.mark.parametrize("minutes_before", [0, -1])
def test_a_sheet_that_arrives_and_is_registered_after_the_amend_answers_the_new_texts(minutes_before):
    assert stands(*told(registered_behind=True, minutes_before=minutes_before))


def test_a_sheet_registered_before_the_amend_answers_the_old_texts_though_it_says_the_same_instant():
    amend = NewTexts(7, told(registered_behind=False, minutes_before=5)[1].time)

    assert not answers(amend, index=9, paper=6, received_at=amend.time)


def test_a_vote_by_the_web_answers_the_texts_under_which_it_is_recorded():
    story = Story().begun()
    texts = NewTexts(5, story.now)

    assert not answers(texts, index=4, paper=None, received_at=texts.time + MINUTE)
    assert answers(texts, index=6, paper=None, received_at=texts.time - MINUTE)


def test_of_several_amends_a_sheet_answers_the_last_before_it():
    first = NewTexts(5, Story().begun().now)
    second = NewTexts(8, first.time + 10 * MINUTE)
    amended = (first, second)

    def of(paper: int, minutes: int) -> NewTexts | None:
        return texts_answered(amended, index=12, paper=paper, received_at=first.time + minutes * MINUTE)

    assert of(4, -1) is None
    assert of(6, 1) == first
    assert of(9, 5) == first
    assert of(9, 10) == second
    assert texts_answered((), index=12, paper=None, received_at=first.time) is None


def test_an_amend_of_another_sort_gives_nobody_other_texts():
    story = Story().begun()
    story.add(replace(AGAIN, what="period"))

    assert replay(story.entries).base_index == 1
