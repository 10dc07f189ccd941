"""Campaigns as they are kept: whom, by which key, what was answered, and what became of it."""

from dataclasses import replace

import pytest

from tests.store.rows import T0, T1, T2
from voting.store import campaigns, contact_mails
from voting.store.campaigns import Answered, Campaign, Settled
from voting.store.contact_mails import ContactLine

CAMPAIGN = Campaign("c" * 16, "council", "2026-06-30", "言葉\n二行", "𠮷野 00-0000", T0, "first", "second")
ANSWER = Answered("change", T1, "企画課", "架空 花子", "", {"section": "総務課", "name": "𠮷野町"})
LINE = ContactLine("<1@example.jp>", CAMPAIGN.id, "ask", "M0001", "a@example.jp", "CODE", 0, T0)


@pytest.fixture
def asked(database):
    with database.transaction() as tx:
        campaigns.start(tx, CAMPAIGN, ("M0002", "M0001"))
        campaigns.put_tokens(
            tx, CAMPAIGN.id, ((b"1" * 32, "M0001"), (b"2" * 32, "M0002"), (b"3" * 32, "M0001"))
        )
        contact_mails.put(tx, (LINE, replace(LINE, message_id="<2@example.jp>", member_id="M0002")))
    return database


def test_a_campaign_comes_back_as_it_was_begun(asked):
    with asked.reading() as tx:
        assert campaigns.find(tx, CAMPAIGN.id) == CAMPAIGN
        assert campaigns.of_body(tx, "council") == campaigns.everything(tx) == (CAMPAIGN,)
        assert campaigns.of_body(tx, "other") == ()
        assert [each.member_id for each in campaigns.asks(tx, CAMPAIGN.id)] == ["M0001", "M0002"]


def test_it_runs_until_its_last_day_or_its_end(asked):
    with asked.reading() as tx:
        assert campaigns.running(tx, today="2026-06-30") == (CAMPAIGN,)
        assert campaigns.running(tx, today="2026-07-01") == ()
    with asked.transaction() as tx:
        assert campaigns.end(tx, CAMPAIGN.id, at=T2, by="first")
        assert not campaigns.end(tx, CAMPAIGN.id, at=T2, by="first")
        assert campaigns.running(tx, today="2026-06-01") == ()


def test_each_key_opens_one_member_and_a_member_may_have_several(asked):
    with asked.reading() as tx:
        found = [campaigns.member_of(tx, CAMPAIGN.id, key * 32) for key in (b"1", b"2", b"3", b"4")]
        assert found == ["M0001", "M0002", "M0001", None]
        assert campaigns.member_of(tx, "d" * 16, b"1" * 32) is None


def test_the_last_answer_stands_and_opens_what_was_settled(asked):
    with asked.transaction() as tx:
        campaigns.answer(tx, CAMPAIGN.id, "M0001", ANSWER)
        assert campaigns.settle(tx, CAMPAIGN.id, "M0001", Settled("refused", T2, "first", "誤り"), of=T1)
    with asked.transaction() as tx:
        settled = campaigns.ask(tx, CAMPAIGN.id, "M0001")
        assert settled.answered == ANSWER and settled.settled.why == "誤り"
        campaigns.answer(tx, CAMPAIGN.id, "M0001", replace(ANSWER, answer="confirmed", at=T2, wanted={}))
        again = campaigns.ask(tx, CAMPAIGN.id, "M0001")
    assert again.settled is None and again.answered.answer == "confirmed"


def test_an_answer_that_came_meanwhile_is_not_settled_with_the_one_before(asked):
    with asked.transaction() as tx:
        campaigns.answer(tx, CAMPAIGN.id, "M0001", replace(ANSWER, at=T2))
        assert not campaigns.settle(tx, CAMPAIGN.id, "M0001", Settled("taken", T2, "first", ""), of=T1)


def test_mails_that_wait_are_dropped_with_their_codes(asked):
    with asked.transaction() as tx:
        contact_mails.QUEUE.mark_sent(tx, LINE.message_id, at=T1)
        contact_mails.drop(tx, CAMPAIGN.id, at=T2)
        assert contact_mails.due(tx, now="9999", limit=9) == ()
        fates = contact_mails.fates(tx, CAMPAIGN.id)
    assert [(each.sent_at, each.failed_at, each.error) for each in fates] == [
        (T1, None, ""),
        (None, T2, "ended"),
    ]


def test_a_mail_line_never_shows_its_code():
    assert "CODE" not in repr(LINE)
