"""The hand-over sheet of a real assembly: every file that there is, by the digest that it really has."""

import re
from hashlib import sha256

import pytest

from tests.documents.archives import failures
from tests.documents.english import language, left_in_japanese
from tests.documents.reading import squeezed, text_of
from tests.services.letterheads import LETTERHEAD
from tests.services.test_correcting import correct, declared
from tests.world import World
from voting.core.letterhead import Digits
from voting.core.permissions import Act, Role
from voting.ledger.bundle_files import PUBLIC
from voting.ledger.entries import decode_entry
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.outcome import closing
from voting.services.outcome.result_files import download
from voting.services.printing import letterheads, minutes, paper_signing
from voting.services.printing.handover import handover
from voting.services.proof.export import export
from voting.services.register.membership import confirm_contact
from voting.sheets.letterhead_toml import LetterheadFaults
from voting.store import accounts
from voting.store.members import register
from voting.wording import in_style, instant_text
from voting.wording.papers import PAPERS


def read(world: World, folder) -> str:
    return squeezed(text_of(handover(world.rt, world.officer(Role.AUDITOR), world.origin), folder))


def test_every_version_of_every_file_is_named_with_its_digest(world, tmp_path):
    declared(world)
    correct(world)
    letterheads.set_letterhead(
        world.rt, world.officer(Role.ADMINISTRATOR), world.origin, '[minutes]\nsigners = ["body"]\n'
    )
    world.two(Act.SIGN_MINUTES, Role.CHAIR, Role.AUDITOR)

    text = read(world, tmp_path)

    signed = minutes.minutes(world.rt, world.officer(Role.ENTRY), world.origin)
    names = [f"result-{version}.{ending}" for version in (1, 2) for ending in ("pdf", "json", "csv")]
    contents = [download(world.rt, world.origin, name) or b"" for name in names]
    for content in (signed, *contents, export(world.rt, world.origin, audience=PUBLIC)):
        assert sha256(content).hexdigest() in text
    for motion in world.case.docket.motions:
        assert all(each.sha256 in text for each in motion.documents)
    assert "未了の事項なし" in text


def test_the_steps_are_those_of_the_ledger_and_the_key_is_the_one_to_check_with(world, tmp_path):
    declared(world)

    text = read(world, tmp_path)

    declared_at = decode_entry(world.entries()[world.case.result_index or 0]).time
    assert f"結果の公表{instant_text(declared_at)}{world.case.result_index}" in text
    assert squeezed(f"voting verify council-2026-06.zip --key '{world.case.vkey}'") in text
    (key,) = paper_signing.keys(world.rt, "council")
    assert key.name in text


def english(world: World, folder) -> str:
    pdf = handover(world.rt, world.officer(Role.AUDITOR), world.origin, language="en")
    assert language(pdf) == "en-GB"
    assert failures(pdf, "ua1") == failures(pdf, "2a") == []
    return " ".join(text_of(pdf, folder).split())


def given(world: World) -> tuple[str, ...]:
    """Names, titles, and what the office wrote: they stay in Japanese."""
    docket = world.case.docket
    with world.rt.database.reading() as tx:
        officers = [each.officer.name for each in accounts.accounts(tx)]
    names = (docket.body.name, docket.assembly.title, world.case.contact, "書庫 第3棚", "事務局長")
    papers = [each.name for motion in docket.motions for each in motion.documents]
    return (*names, *officers, *papers, *(each.name for each in paper_signing.keys(world.rt, "council")))


def test_the_translation_names_the_same_files_steps_and_keys(world, tmp_path):
    declared(world)
    correct(world)
    settings = 'digits = "full"\n[minutes]\nsigners = ["body"]\n'
    kept = '[keeping.minutes]\nwhere = "書庫 第3棚"\nwho = "事務局長"\n'
    letterheads.set_letterhead(
        world.rt, world.officer(Role.ADMINISTRATOR), world.origin, f"[letter]\n{settings}{kept}"
    )
    world.two(Act.SIGN_MINUTES, Role.CHAIR, Role.AUDITOR)

    text, japanese = english(world, tmp_path), read(world, tmp_path)

    digests = set(re.findall("[0-9a-f]{64}", japanese.replace("SHA-256", " ")))
    assert len(digests) > len(world.case.docket.motions)
    assert [each for each in digests if each not in squeezed(text)] == []
    at = decode_entry(world.entries()[world.case.result_index or 0]).time
    assert f"Result published {PAPERS['en'].minute(at)} {world.case.result_index}" in text
    assert text.count("(version 1)") > text.count("(version 2)") > 0
    assert "Not finished none" in text
    assert "verify-receipt receipt.tlog-proof" in text
    assert "書庫 第3棚 事務局長 For good" in text
    assert left_in_japanese(text, given(world)) == []


def test_what_is_not_finished_is_told_in_the_translation_too(world, tmp_path):
    world.assembly()
    world.at("2026-06-02 10:00")
    world.paper("M0001", serial="F-001", arrived="2026-06-02 09:00")

    text = english(world, tmp_path)

    assert "Papers not yet entered by two persons: F-001" in text
    assert "The result has not been published yet." in text
    assert "It can be made once the result is published." in text
    assert left_in_japanese(text, given(world)) == []


def test_an_approval_that_is_waited_for_is_named_in_the_translation(world, tmp_path):
    world.assembly()
    world.at("2026-06-11 00:00")
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)
    request = world.ask_certification()

    assert f"Waiting for approval: certification (request {request.id})" in english(world, tmp_path)


def test_members_whose_contact_is_older_than_a_year_are_counted_and_listed(world, tmp_path):
    declared(world)
    with world.rt.database.reading() as tx:
        members = [each.member_id for each in register(tx, world.case.body)]
    world.at("2027-07-01 10:00")
    sound, *old = members
    confirm_contact(world.rt, world.officer(Role.ADMINISTRATOR), world.case.body, sound)

    text = read(world, tmp_path)

    assert f"12か月以内に連絡先を確かめたもの1会員、それより古いもの{len(old)}会員" in text
    listed = text[text.index("連絡先が12か月より古い会員") :]
    assert all(each in listed for each in old)
    assert sound not in listed


def test_what_is_not_finished_is_told(world, tmp_path):
    world.assembly()
    world.at("2026-06-02 10:00")
    world.paper("M0001", serial="F-001", arrived="2026-06-02 09:00")

    text = read(world, tmp_path)

    assert "二人の入力が済んでいない紙F-001" in text
    assert "結果は、まだ公表していません。" in text
    assert "結果の公表の後に作ることができます。" in text


def test_where_things_are_is_what_the_office_wrote(world, tmp_path):
    world.assembly()
    kept = '[keeping.minutes]\nwhere = "書庫 第3棚"\nwho = "事務局長"\n[keeping.backup]\nuntil = "10年"\n'
    letterheads.set_letterhead(
        world.rt, world.officer(Role.ADMINISTRATOR), world.origin, LETTERHEAD + "\n" + kept
    )

    text = read(world, tmp_path)

    assert "議事録及び結果報告書庫第3棚事務局長永年" in text
    assert "データベースの写し10年" in text


def test_a_misspelt_place_is_told(world):
    world.assembly()

    with pytest.raises(LetterheadFaults) as refused:
        letterheads.set_letterhead(
            world.rt,
            world.officer(Role.ADMINISTRATOR),
            world.origin,
            '[keeping.minuets]\nwhere = "甲"\n[keeping.keys]\nwere = "乙"\n',
        )

    assert [each.place for each in refused.value.faults] == ["keeping.keys.were", "keeping.minuets"]


def test_figures_have_the_width_that_the_office_gives_them_and_codes_stay(world, tmp_path):
    declared(world)
    full = '[letter]\ndigits = "full"\n[keeping.minutes]\nwhere = "書庫 第3棚"\n'
    letterheads.set_letterhead(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, full)

    text = read(world, tmp_path)

    declared_at = decode_entry(world.entries()[world.case.result_index or 0]).time
    styled = in_style(instant_text(declared_at), digits=Digits.FULL)
    assert f"結果の公表{styled}{world.case.result_index}" in text
    assert "期間令和８年６月１日" in text
    assert "第１号議案" in text
    assert "結果(第１版)" in text
    assert "日から１年" in text and "令和８年９月" in text
    assert "書庫第3棚" in text
    assert sha256(download(world.rt, world.origin, "result-1.pdf") or b"").hexdigest() in text
    assert squeezed(f"--key '{world.case.vkey}'") in text


def test_a_locked_account_is_nobody_to_hand_over_to(world, tmp_path):
    world.assembly()
    with world.rt.database.transaction() as tx:
        accounts.set_lock(tx, "entry-2", "2026-05-21T00:00:00.000Z")

    text = read(world, tmp_path)

    assert "entry-1" in text
    assert "entry-2" not in text


def test_before_the_freeze_there_is_nothing_to_hand_over(world):
    world.draft()

    with pytest.raises(NotThatFar):
        handover(world.rt, world.officer(Role.AUDITOR), world.origin)
    with pytest.raises(NoSuchAssembly):
        handover(world.rt, world.officer(Role.AUDITOR), "nowhere/a/b")
