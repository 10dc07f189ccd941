"""After the close: what blocks the count, the count, the chair's sentence, the auditor's signature."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import bindparam, update

from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import ALL_FOR, World
from voting.core.ballots import Mark
from voting.core.permissions import Role
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Correction
from voting.services.desk import papers
from voting.services.desk.papers import Sheet
from voting.services.issuing import BALLOT_MAIL
from voting.services.office import approvals
from voting.services.outcome import certifying, closing
from voting.services.outcome.result_files import FILES
from voting.services.proof import held
from voting.store import ballots
from voting.store.tables import outbox, submission

Seat = Callable[..., Desk]
AFTER = f"{ASSEMBLY}/after-closing"
AGAINST = {1: Mark.AGAINST, 2: Mark.AGAINST}


@pytest.fixture
def closed(world: World) -> World:
    """One answer on the web, one paper that two persons read, one that nobody has read; then the close."""
    world.cast("M0001", AGAINST)
    for serial in ("F-1", "F-2"):
        world.paper("", serial=serial, arrived="2026-06-02 09:00")
    for role in (Role.ENTRY, Role.CHECKER):
        world.enter("F-1", Sheet("M0001", ALL_FOR), by=role)
    world.at("2026-06-11 00:00")
    closing.close_if_due(world.rt, world.origin)
    return world


@pytest.fixture
def counted(closed: World) -> World:
    """Everything read and counted for good."""
    for role in (Role.ENTRY, Role.CHECKER):
        closed.enter("F-2", Sheet("M0002", ALL_FOR), by=role)
    closing.tally(closed.rt, closed.officer(Role.ADMINISTRATOR), closed.origin)
    return closed


def propose(chair: Desk, **typed: str) -> str:
    """The chair proposes the certification; the address of the request."""
    page = chair.get(f"{ASSEMBLY}/certify").text
    found = re.search(r"<strong>([^<]*ことを確認しました。)</strong>", page)
    answer = chair.post(f"{ASSEMBLY}/certify", {"confirm": found[1] if found else ""} | typed)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_a_close_at_midnight_is_the_day_that_the_notice_names(closed: World, seat: Seat) -> None:
    page = seat(Role.ADMINISTRATOR).get(AFTER).text

    assert "締切<span>令和8年6月10日(水)23時59分</span>" in page
    assert "6月11日(木)0時00分" not in page


def test_before_the_close_the_page_says_when_it_will_be(world: World, seat: Seat) -> None:
    page = seat(Role.ADMINISTRATOR).get(AFTER).text

    assert "まだ締め切っていません" in page
    assert "令和8年6月10日(水)23時59分" in page
    assert f'href="{ASSEMBLY}/count"' not in page


def test_a_close_that_nobody_has_written_down_yet_is_written_down_by_an_administrator(
    world: World, seat: Seat
) -> None:
    world.at("2026-06-11 00:00")
    assert "締切を記録しています" in seat(Role.CHAIR).get(AFTER).text
    clerk = seat(Role.ADMINISTRATOR)
    clerk.get(AFTER)

    clerk.post(f"{ASSEMBLY}/close")

    assert world.case.closed_index is not None
    assert "集計案を見る" in clerk.get(AFTER).text


def test_an_early_close_is_no_close(world: World, seat: Seat) -> None:
    clerk = seat(Role.ADMINISTRATOR)
    clerk.get(AFTER)

    clerk.post(f"{ASSEMBLY}/close")

    assert world.case.closed_index is None


def test_everything_that_blocks_the_count_is_listed_with_a_link(closed: World, seat: Seat) -> None:
    clerk = seat(Role.ENTRY)

    page = clerk.get(AFTER).text

    assert "処理の済んでいない書面が1件あるため、集計できません。" in page
    assert f'href="{ASSEMBLY}/papers/F-2"' in page
    assert "自分が行う書面(1件)へ" in page
    assert "集計案を見る" not in page
    draft = seat(Role.ADMINISTRATOR).get(f"{ASSEMBLY}/count").text
    assert "処理の済んでいない書面が1件あります。" in draft
    assert "この内容で集計を確定する" not in draft


def test_notices_that_never_went_out_are_told_before_silence_is_counted(closed: World, seat: Seat) -> None:
    # As where no server took them: the world's own has.
    unsent = update(outbox).values(sent_at=None).where(outbox.c.kind == BALLOT_MAIL)
    told, pages = "通知のメールが5通、まだ送られていません", (AFTER, f"{ASSEMBLY}/count")
    clerk = seat(Role.ADMINISTRATOR)
    assert not any(told in clerk.get(page).text for page in pages)
    with closed.rt.database.transaction() as tx:
        tx.run(unsent)

    for page in pages:
        assert told in clerk.get(page).text


def test_attack_counting_while_a_paper_waits(closed: World, seat: Seat) -> None:
    clerk = seat(Role.ADMINISTRATOR)
    clerk.get(f"{ASSEMBLY}/count")

    answer = clerk.post(f"{ASSEMBLY}/count")

    assert answer.status_code == 409
    assert "整理番号 F-2" in answer.text
    assert closed.case.tally_index is None


def test_the_lists_say_who_answered_late_or_twice_and_never_how(closed: World, seat: Seat) -> None:
    closed.paper("", serial="F-3", arrived="2026-06-11 00:00")
    for role in (Role.ENTRY, Role.CHECKER):
        closed.enter("F-3", Sheet("M0003", AGAINST), by=role)
        papers.reject(closed.rt, closed.officer(role), closed.origin, serial="F-2", why="会員でない団体")

    page = seat(Role.AUDITOR).get(AFTER).text

    late = page[page.index("期限後に届いた回答") : page.index("複数の回答のある会員")]
    assert "期限後に届いた回答 1件" in late and "M0003 架空3町" in late
    doubled = page[page.index("複数の回答のある会員") : page.index("受付開始の前に届いた回答")]
    assert "M0001 架空1町" in doubled and doubled.count("現在、有効") == 1
    aside = page[page.index("除いた書面") :]
    assert "F-2" in aside
    lists = page[page.index("整理の一覧") :]
    assert "反対" not in lists.replace("賛否", "") and "賛成" not in lists


def test_the_draft_is_counted_for_good(closed: World, seat: Seat) -> None:
    for role in (Role.ENTRY, Role.CHECKER):
        closed.enter("F-2", Sheet("M0002", ALL_FOR), by=role)
    clerk = seat(Role.ADMINISTRATOR)
    draft = clerk.get(f"{ASSEMBLY}/count").text
    assert "賛成4票(うち未提出によるみなし賛成3票)、反対1票" in draft
    assert "取り消せません" in draft

    answer = clerk.post(f"{ASSEMBLY}/count")

    assert answer.location == AFTER
    page = clerk.get(AFTER).text
    assert "集計を確定しました。" in page
    assert "賛成4票" in page
    assert clerk.post(f"{ASSEMBLY}/count").status_code == 409


def test_before_the_close_there_is_no_draft(world: World, seat: Seat) -> None:
    assert seat(Role.ADMINISTRATOR).get(f"{ASSEMBLY}/count").status_code == 409


def test_the_chair_types_the_sentence_and_the_auditor_signs_it_with_the_result(
    counted: World, seat: Seat
) -> None:
    chair, auditor = seat(Role.CHAIR), seat(Role.AUDITOR)
    sentence = str(certifying.required_terms(counted.rt, counted.origin)["confirmed"])
    assert "結果を確かめて認証を申請する" in chair.get(AFTER).text
    assert sentence in chair.get(f"{ASSEMBLY}/certify").text

    wrong = chair.post(f"{ASSEMBLY}/certify", {"confirm": "確認しました。", "note": "9月の分"})
    assert wrong.status_code == 422
    assert "一字一句そのとおりに" in wrong.text
    assert "確認しました。</textarea>" in wrong.text and "9月の分" in wrong.text
    address = propose(chair)

    waiting = auditor.get(AFTER).text
    assert f'href="{address}"' in waiting
    shown = auditor.get(address).text
    assert "議長が入力した確認の文" in shown and sentence in shown
    auditor.post(f"{address}/approve")
    assert counted.case.result_index is not None
    page = auditor.get(AFTER).text
    assert "公表しました" in page
    for name in ("result-summary-1.pdf", "result-1.pdf", "result-1.xlsx", "result-1.csv", "result-1.json"):
        link = f"/assemblies/council/2026-06/{name}"
        assert f'href="{link}"' in page
        assert auditor.get(link).status_code == 200
    assert re.search(
        r">結果報告\(全文、PDF\)</a> <span class=\"size\">\([0-9]+ページ、[0-9]+ KB\)</span>", page
    )
    for bare in FILES:
        assert f">{bare}<" not in page


def test_the_auditor_refuses_with_a_comment_and_nothing_is_published(counted: World, seat: Seat) -> None:
    chair, auditor = seat(Role.CHAIR), seat(Role.AUDITOR)
    address = propose(chair)
    auditor.get(address)

    auditor.post(f"{address}/refuse", {"why": "書面 F-1 の読み取りを確かめたい"})

    assert "書面 F-1 の読み取りを確かめたい" in chair.get(address).text
    assert counted.case.result_index is None
    assert "次に行うこと: 議長による認証" in chair.get(AFTER).text


def test_a_chair_is_told_what_is_missing_before_the_count(closed: World, seat: Seat) -> None:
    page = seat(Role.CHAIR).get(f"{ASSEMBLY}/certify")

    assert page.status_code == 409
    assert "まだ申請できません" in page.text
    assert 'name="confirm"' not in page.text


def test_a_recount_agrees_with_the_ledger(counted: World, seat: Seat) -> None:
    page = seat(Role.AUDITOR).get(f"{ASSEMBLY}/recount").text

    assert "確定した結果と一致しました" in page
    digests = re.findall(r">([0-9a-f]{64})<", page)
    assert len(digests) == 2 and len(set(digests)) == 1
    assert counted.case.vkey in page.replace("&#43;", "+")


def test_attack_an_answer_turned_in_the_database_shows_in_the_recount(counted: World, seat: Seat) -> None:
    with counted.rt.database.transaction() as tx:
        (sent,) = [each for each in _submissions(counted) if each[0] == "M0002"]
        turned = sent[1].replace('"1":"for"', '"1":"against"')
        assert turned != sent[1]
        tx.run(
            update(submission).where(submission.c.member_id == bindparam("whose")).values(opening=turned),
            whose="M0002",
        )
    try:
        page = seat(Role.AUDITOR).get(f"{ASSEMBLY}/recount").text
    finally:
        with counted.rt.database.transaction() as tx:
            tx.run(
                update(submission)
                .where(submission.c.member_id == bindparam("whose"))
                .values(opening=sent[1]),
                whose="M0002",
            )

    assert "一致しません。署名しないでください。" in page


def test_auditors_save_a_bundle_with_names_before_they_sign(counted: World, seat: Seat) -> None:
    answer = seat(Role.AUDITOR).get(f"{ASSEMBLY}/audit-bundle")

    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="council-2026-06-auditor.zip"'
    with zipfile.ZipFile(BytesIO(answer.data)) as bundle:
        assert "架空2町" in bundle.read("roll/private.jsonl").decode()
    for role in (Role.CHAIR, Role.ENTRY, Role.CHECKER):
        assert seat(role).get(f"{ASSEMBLY}/audit-bundle").status_code == 403


def test_there_is_no_bundle_before_the_count(closed: World, seat: Seat) -> None:
    assert seat(Role.AUDITOR).get(f"{ASSEMBLY}/audit-bundle").status_code == 409


def test_a_correction_becomes_a_dated_version_that_names_the_old_one(counted: World, seat: Seat) -> None:
    chair, auditor = seat(Role.CHAIR), seat(Role.AUDITOR)
    assert chair.get(f"{ASSEMBLY}/correct").status_code == 409
    first = propose(chair)
    auditor.get(first)
    auditor.post(f"{first}/approve")
    page = chair.get(f"{ASSEMBLY}/correct").text
    assert "訂正版(第2版)として公表され" in page
    assert "数と可否は公表した結果と同じです" in page

    empty = chair.post(f"{ASSEMBLY}/correct", {"reason": " "})
    assert empty.status_code == 422
    answer = chair.post(f"{ASSEMBLY}/correct", {"reason": "議長の氏名の表記を改めるため"})
    shown = auditor.get(answer.location).text
    assert "議長の氏名の表記を改めるため" in shown
    auditor.post(f"{answer.location}/approve")

    after = auditor.get(AFTER).text
    assert after.index("訂正版(第2版)") < after.index("第1版")
    assert "議長の氏名の表記を改めるため" in after
    assert auditor.get("/assemblies/council/2026-06/result-2.pdf").status_code == 200


@pytest.mark.parametrize(("kind", "words"), [("tally", "集計の確定"), ("result", "公表した結果 第1版")])
def test_the_chair_chooses_what_is_corrected_and_the_auditor_reads_it_in_words(
    counted: World, seat: Seat, kind: str, words: str
) -> None:
    chair, auditor = seat(Role.CHAIR), seat(Role.AUDITOR)
    first = propose(chair)
    auditor.get(first)
    auditor.post(f"{first}/approve")
    case = counted.case
    of = case.tally_index if kind == "tally" else case.result_index
    page = chair.get(f"{ASSEMBLY}/correct").text
    offered = re.findall(r'<option value="(\d+)"', page)
    assert offered == [str(case.result_index), str(case.tally_index)]

    answer = chair.post(f"{ASSEMBLY}/correct", {"of": str(of), "reason": "数の転記の誤り"})

    assert words in auditor.get(answer.location).text
    auditor.post(f"{answer.location}/approve")
    correction = decode_entry(counted.entries()[-2]).body
    assert isinstance(correction, Correction) and correction.of == of
    again = re.findall(r'<option value="(\d+)"', chair.get(f"{ASSEMBLY}/correct").text)
    assert again == [str(len(counted.entries()) - 1), str(len(counted.entries()) - 2), *offered]


@pytest.mark.parametrize(("of", "status"), [("-1", 422), ("first", 422), ("99999", 409), ("1", 409)])
def test_attack_a_correction_of_an_entry_that_the_page_does_not_offer(
    counted: World, seat: Seat, of: str, status: int
) -> None:
    chair, auditor = seat(Role.CHAIR), seat(Role.AUDITOR)
    first = propose(chair)
    auditor.get(first)
    auditor.post(f"{first}/approve")
    chair.get(f"{ASSEMBLY}/correct")

    answer = chair.post(f"{ASSEMBLY}/correct", {"of": of, "reason": "別の票による"})

    assert answer.status_code == status
    assert approvals.waiting(counted.rt, counted.origin) == ()


def test_an_incident_is_recorded_and_stands_in_the_list(closed: World, seat: Seat) -> None:
    clerk = seat(Role.ADMINISTRATOR)
    form = clerk.get(f"{ASSEMBLY}/new-incident").text
    assert closed.origin in form
    filled = {
        "kind": "outage",
        "began": "2026-06-05T10:00",
        "ended": "2026-06-05T10:40",
        "note": "停電のため",
    }
    for wrong, field in (
        ({"began": "きのう"}, "日付と時刻を"),
        ({"ended": "2026-06-04T10:00"}, "始まった"),
        ({"ended": "2027-01-01T00:00"}, "始まった"),
        ({"note": "あ" * 2001}, ""),
        ({"kind": "storm"}, ""),
        ({"kind": "restore", "lost_anchor": "another"}, ""),
    ):
        answer = clerk.post(f"{ASSEMBLY}/new-incident", filled | wrong)
        assert answer.status_code == 422, wrong
        assert 'role="alert"' in answer.text and field in answer.text
        assert "停電のため" in answer.text or "note" in wrong

    answer = clerk.post(f"{ASSEMBLY}/new-incident", filled)

    assert answer.location == f"{ASSEMBLY}/incidents"
    assert "停電のため" in seat(Role.AUDITOR).get(f"{ASSEMBLY}/incidents").text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_witness_that_did_not_answer_is_named_once_a_restore_is_recorded(
    closed: World, seat: Seat, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(held, "ask", lambda rt, origin: held.Held((), ("監事A",)))
    clerk = seat(Role.ADMINISTRATOR)
    clerk.client.set_cookie("language", language)
    clerk.get(f"{ASSEMBLY}/new-incident")

    clerk.post(
        f"{ASSEMBLY}/new-incident",
        {"kind": "restore", "began": "2026-06-05T10:00", "ended": "2026-06-05T10:40"},
    )

    said = {"ja": "立会人(監事A)から、", "en": "The witness (監事A) did not tell what it holds."}
    assert said[language] in clerk.get(f"{ASSEMBLY}/incidents").text


def test_between_the_count_and_the_result_no_incident_is_taken(counted: World, seat: Seat) -> None:
    clerk = seat(Role.ADMINISTRATOR)
    clerk.get(f"{ASSEMBLY}/new-incident")

    answer = clerk.post(
        f"{ASSEMBLY}/new-incident",
        {"kind": "outage", "began": "2026-06-05T10:00", "ended": "2026-06-05T10:40"},
    )

    assert answer.status_code == 409


def _submissions(world: World) -> list[tuple[str | None, str]]:
    with world.rt.database.reading() as tx:
        return [(each.member_id, each.opening) for each in ballots.all_submissions(tx, world.case.id)]


def test_the_steps_after_the_close_show_the_deadline_and_not_when_it_was_written_down(
    seat: Seat, world: World
) -> None:
    world.at("2026-06-11 09:00")
    closing.close_if_due(world.rt, world.origin)

    page = seat(Role.CHAIR).get(f"{ASSEMBLY}/after-closing").text

    assert "締切<span>令和8年6月10日(水)23時59分</span>" in page
