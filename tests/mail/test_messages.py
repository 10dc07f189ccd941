"""What the mails say, and that nothing in them can be mistaken for a header or cut off on the way."""

import csv
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.relay import HOST
from tests.mail.samples import ENVELOPE, RECEIPT
from voting.mail.messages import BallotFacts, IncidentFacts, ballot_mail, incident_mail, receipt_mail
from voting.mail.smtp import Relay, sender

CODE = "0123-4567-89AB-CDEF-GHJK-MNPJ"
BALLOT = BallotFacts(
    body="架空協議会",
    title="令和8年度総会",
    member_id="M0001",
    member="架空1町",
    period="令和8年6月1日から令和8年6月10日まで",
    motions=((1, "事業計画について"), (2, "予算について")),
    rules=("賛成とみなします。",),
    page="https://vote.example.or.jp/v",
    link=f"https://vote.example.or.jp/v#{CODE}",
    code=CODE,
    vkey="vote.example.or.jp+00000000+AAAA",
    signed="voting/issued/v1\nmember M0001\n\n— vote.example.or.jp AAAA\n",
    contact="架空協議会事務局",
)
HEADERS = {
    "Subject",
    "From",
    "To",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
}
# What may come from a sheet or a form: any text, control characters and line breaks among it.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def hard_names() -> list[str]:
    file = Path(__file__).parent.parent / "data" / "names" / "hard-names.csv"
    with file.open(encoding="utf-8-sig", newline="") as sheet:
        return [row["団体名"] for row in csv.DictReader(sheet)]


def received(message):
    """The message as the other end reads it."""
    return message_from_bytes(message.as_bytes(), policy=SMTP)


def text_of(message) -> str:
    """The text as a reader sees it, whatever ends the lines on the way."""
    return received(message).get_content().replace("\r\n", "\n")


def test_the_subject_the_sender_and_the_one_address_stand_in_the_head():
    read = received(ballot_mail(ENVELOPE, BALLOT))

    assert read["Subject"] == "【書面表決のお願い】令和8年度総会"
    assert read["From"].addresses[0].display_name == "事務局"
    assert read["From"].addresses[0].addr_spec == "office@example.or.jp"
    assert [each.addr_spec for each in read["To"].addresses] == ["m1@example.jp"]
    assert read["Message-ID"] == "<1@vote.example.or.jp>"
    assert set(read.keys()) == HEADERS


def test_no_machine_answers_the_mail():
    assert received(ballot_mail(ENVELOPE, BALLOT))["Auto-Submitted"] == "auto-generated"


def test_the_mail_is_plain_text_without_attachment():
    for message in (ballot_mail(ENVELOPE, BALLOT), receipt_mail(ENVELOPE, RECEIPT)):
        read = received(message)
        assert read.get_content_type() == "text/plain"
        assert read.get_content_charset() == "utf-8"
        assert not read.is_multipart()
        assert list(read.iter_attachments()) == []


def test_the_ballot_mail_says_everything_the_member_needs():
    text = text_of(ballot_mail(ENVELOPE, BALLOT))

    for fact in (
        "架空1町 御中",
        "(会員番号 M0001)",
        BALLOT.period,
        "第2号議案 予算について",
        "賛成とみなします。",
    ):
        assert fact in text
    assert f"\n{BALLOT.link}\n" in text
    assert f"\n回答コード {CODE}\n" in text
    assert BALLOT.signed in text


def test_the_code_stands_in_the_text_and_in_no_header():
    message = ballot_mail(ENVELOPE, BALLOT)
    head = message.as_bytes().partition(b"\r\n\r\n")[0].decode("ascii")

    assert CODE not in head
    assert CODE not in " ".join(str(value) for value in message.values())
    assert message.get_content().count(CODE) == 2  # typed, and in the link's fragment


def test_the_receipt_mail_has_no_choice_and_no_code_but_the_checkpoint():
    text = text_of(receipt_mail(ENVELOPE, RECEIPT))

    assert "受付番号 R-0003" in text
    assert "回答者 企画課 担当 花子" in text
    assert RECEIPT.checkpoint in text
    assert "回答コード " not in text


def test_the_receipt_of_a_refused_answer_says_so_and_promises_no_change():
    facts = replace(RECEIPT, refused="締切後の到着のため有効な表決として扱いません。")
    text = text_of(receipt_mail(ENVELOPE, facts))

    assert facts.refused in text
    assert "受け付けました" not in text
    assert RECEIPT.deadline not in text


@pytest.mark.parametrize("name", hard_names())
def test_hard_names_arrive_byte_for_byte(name):
    facts = replace(BALLOT, member=name, title=f"{name}の総会")
    message = ballot_mail(ENVELOPE, facts)

    # A header is one line: there a line break or a wide space inside a name is a space.
    assert str(received(message)["Subject"]) == " ".join(f"【書面表決のお願い】{name}の総会".split())
    assert f"{name} 御中\n" in text_of(message)


@pytest.mark.parametrize(
    "title",
    [
        "令和8年度" + "とても長い" * 60 + "総会",
        "葛\N{VARIATION SELECTOR-18}城" * 40,
        "𠮷田" * 60,
        "ABC 総会 " * 30 + "終",
        "Annual General Meeting " * 20 + "end",
        "👨‍👩‍👧‍👦" * 20,
    ],
)
def test_a_long_subject_is_folded_and_reads_back_whole(title):
    message = ballot_mail(ENVELOPE, replace(BALLOT, title=title))
    head = message.as_bytes().partition(b"\r\n\r\n")[0]

    assert str(received(message)["Subject"]) == f"【書面表決のお願い】{title}"
    assert all(len(line) <= 78 for line in head.split(b"\r\n"))


def test_no_line_is_too_long_for_a_relay():
    facts = replace(BALLOT, rules=("長い" * 5000,), motions=((1, "x" * 20_000),))
    lines = ballot_mail(ENVELOPE, facts).as_bytes().split(b"\r\n")

    assert max(len(line) for line in lines) <= 998
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_a_line_that_is_a_single_dot_arrives(plain):
    message = ballot_mail(ENVELOPE, replace(BALLOT, member="前\n.\n後"))
    sender(Relay(HOST, plain.port, "none"))(message)

    assert "前\n.\n後" in text_of(plain.taken[0].message)


@given(name=ANY_TEXT, title=ANY_TEXT, contact=ANY_TEXT)
def test_nothing_that_is_typed_anywhere_becomes_a_header(name, title, contact):
    facts = replace(BALLOT, member=name, title=title, contact=contact, body=name)
    message = ballot_mail(ENVELOPE, facts)
    read = received(message)

    assert set(read.keys()) == HEADERS
    assert len(read.keys()) == len(HEADERS)
    assert [each.addr_spec for each in read["To"].addresses] == ["m1@example.jp"]
    assert read.get_content_type() == "text/plain"
    assert f"\n回答コード {CODE}\n" in text_of(message)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\n\n", "\u2028", "\x0b", "\x0c", "\x85", "\r\n "])
def test_a_line_break_in_a_name_adds_no_header(end):
    evil = f"架空町{end}Bcc: everybody@example.jp{end}{end}偽の本文"
    read = received(ballot_mail(ENVELOPE, replace(BALLOT, member=evil, title=evil)))

    assert set(read.keys()) == HEADERS
    assert "Bcc: everybody@example.jp" in read["Subject"]


def test_a_line_break_in_an_address_adds_no_header_and_stops_no_other_mail():
    message = ballot_mail(replace(ENVELOPE, address="m1@example.jp\r\nBcc: b@example.jp"), BALLOT)

    assert set(received(message).keys()) == HEADERS


def test_the_same_facts_give_the_same_bytes():
    assert ballot_mail(ENVELOPE, BALLOT).as_bytes() == ballot_mail(ENVELOPE, BALLOT).as_bytes()


INCIDENT = IncidentFacts(
    body="架空協議会",
    title="令和8年度総会",
    member_id="M0001",
    member="架空1町",
    began="令和8年6月2日(火)9時00分",
    ended="令和8年6月2日(火)11時00分",
    what="令和8年6月2日(火)9時00分から令和8年6月2日(火)11時00分まで　記録の復元　記録4番の1件を失った。",
    may_answer=True,
    deadline="令和8年6月10日(水)23時59分",
    page="https://vote.example.or.jp/v",
    contact="架空協議会事務局",
)


@pytest.mark.parametrize("may_answer", [True, False])
def test_a_lost_answer_is_asked_for_again_only_while_it_can_be_given(may_answer: bool) -> None:
    mail = incident_mail(ENVELOPE, replace(INCIDENT, may_answer=may_answer))
    text = mail.get_content()

    assert mail["Subject"] == "【重要 回答のご確認のお願い】令和8年度総会"
    assert ("もう一度ご回答ください" in text, "期間は終了しています" in text) == (may_answer, not may_answer)
    for said in (INCIDENT.began, INCIDENT.ended, INCIDENT.what, INCIDENT.page, "証拠です"):
        assert said in text
