"""The end of a term: what is erased by two persons, what stays provable, and what is never erased quietly."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, text, update

from tests.databases import Postgres
from tests.verify.conftest import play
from tests.verify.forge import check, failed
from tests.world import World, empty_database, world_at
from voting.core.errors import Broken
from voting.core.permissions import Act, NotAllowed, Officer, Role
from voting.ledger import canonical
from voting.ledger import checkpoint as checkpoints
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.commitments import leaves_root
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Erase
from voting.services.casting import own_vote, receipts
from voting.services.desk.paper_scans import evidence
from voting.services.errors import Suspended
from voting.services.office import approvals
from voting.services.office.approvals import ChangedSince, SamePerson
from voting.services.outcome import closing, correcting, counted_numbers, result_page
from voting.services.outcome.erased import Erased
from voting.services.outcome.erasing import RequestsWait, RuleMissing, StillKept
from voting.services.proof import contradictions
from voting.services.proof.agreement import require_agreement
from voting.services.proof.export import export
from voting.services.recording import recording
from voting.store import ballots, erasures, outbox, roll
from voting.store.tables import erasure, submission
from voting.verify.bundle import read_bundle
from voting.verify.evidence import Held
from voting.verify.findings import Finding, Status

RULE = "文書管理規程第8条(保存期間3年)の満了"
TERMS = {"rule": RULE}
DUE = "2029-06-20 00:00"


def certified(world: World) -> World:
    """Answers on the web and on paper, late ones, changed ones; certified; and the term over."""
    play(world)
    world.at(DUE)
    return world


def ask(world: World, terms: dict[str, object] | None = None) -> str:
    asked = approvals.request(
        world.rt,
        world.officer(Role.ADMINISTRATOR),
        world.origin,
        Act.ERASE,
        terms=TERMS if terms is None else terms,
    )
    return asked.id


def erase(world: World) -> None:
    approvals.approve(world.rt, world.officer(Role.AUDITOR), ask(world))


@pytest.fixture
def elsewhere(tmp_path: Path, postgres: Postgres) -> Iterator[World]:
    """The world on PostgreSQL."""
    template = postgres.template("world", lambda url: empty_database(url).close())
    name = postgres.create(template=template)
    world = world_at(tmp_path, postgres.url(name))
    yield world
    world.check()
    world.rt.database.close()
    postgres.drop(name)


def test_on_postgresql_the_same_is_erased_and_proved(elsewhere: World) -> None:
    certified(elsewhere)

    erase(elsewhere)

    assert all(each.passes for each in check(bundle_of(elsewhere, "auditor"), held(elsewhere)))
    with elsewhere.rt.database.reading() as tx:
        assert all(each.is_erased for each in ballots.all_submissions(tx, elsewhere.case.id))
        assert erasures.kept(tx, elsewhere.case.id) == erasures.Kept((), (), (), (), (), ())
        require_agreement(tx, elsewhere.case)


def bundle_of(world: World, audience: str) -> bytes:
    return export(world.rt, world.origin, audience=audience)


def held(world: World) -> Held:
    kept = tuple((f"receipt {place}", each) for place, each in enumerate(world.receipts))
    return Held(world.rt.keys.signer(world.origin).verifier, receipts=kept)


def findings(world: World, audience: str) -> tuple[Finding, ...]:
    return tuple(check(bundle_of(world, audience), held(world)))


def whole_database(world: World) -> bytes:
    with world.rt.database.transaction() as tx:
        tables = [row[0] for row in tx.all(text("SELECT name FROM sqlite_master WHERE type = 'table'"))]
        return repr([tx.all(text(f"SELECT * FROM {each}")) for each in tables]).encode()


def test_before_the_term_is_over_it_is_refused_with_the_last_day(world: World) -> None:
    play(world)
    world.at("2028-12-31 12:00")

    with pytest.raises(StillKept) as refused:
        ask(world)

    assert refused.value.until.isoformat() == "2029-06-11"
    world.at("2029-06-11 23:59")
    with pytest.raises(StillKept):
        ask(world)
    world.at("2029-06-12 00:00")
    ask(world)


def test_an_administrator_proposes_and_an_auditor_approves(world: World) -> None:
    certified(world)
    for role in (Role.CHAIR, Role.AUDITOR, Role.CHECKER, Role.ENTRY):
        with pytest.raises(NotAllowed):
            approvals.request(world.rt, world.officer(role), world.origin, Act.ERASE, terms=TERMS)
    asked = ask(world)

    for role in (Role.ADMINISTRATOR, Role.CHAIR, Role.CHECKER):
        with pytest.raises(NotAllowed):
            approvals.approve(world.rt, world.officer(role), asked)
    both = Officer(world.officer(Role.ADMINISTRATOR).id, "-", Role.AUDITOR)
    with pytest.raises(SamePerson):
        approvals.approve(world.rt, both, asked)

    assert erasures_of(world) is None


def erasures_of(world: World) -> erasures.Erasure | None:
    with world.rt.database.reading() as tx:
        return erasures.find(tx, world.case.id)


@pytest.mark.parametrize("said", ["", "  ", "x" * 201, "規程 \n第8条"])
def test_the_rule_has_to_be_said_in_one_line(world: World, said: str) -> None:
    certified(world)

    with pytest.raises(RuleMissing):
        ask(world, {"rule": said})


def test_nothing_is_erased_while_a_correction_waits(world: World) -> None:
    certified(world)
    asked = ask(world)
    correcting.propose(world.rt, world.officer(Role.CHAIR), world.origin, reason="氏名の誤り")
    correction = approvals.request(world.rt, world.officer(Role.CHAIR), world.origin, Act.CORRECT)

    with pytest.raises(RequestsWait):
        approvals.approve(world.rt, world.officer(Role.AUDITOR), asked)
    with pytest.raises(RequestsWait):
        ask(world)

    assert erasures_of(world) is None
    approvals.refuse(world.rt, world.officer(Role.AUDITOR), correction.id, why="誤りではない")
    approvals.approve(world.rt, world.officer(Role.AUDITOR), asked)
    assert erasures_of(world) is not None


def test_nothing_is_erased_while_an_incident_has_to_be_recorded(world: World) -> None:
    certified(world)
    asked = ask(world)
    signer = world.rt.keys.signer(world.origin)
    beyond = checkpoints.sign(Checkpoint(world.origin, 999, b"\x01" * 32), signer)
    assert contradictions.find(world.rt, world.case, beyond)

    with pytest.raises(Suspended):
        ask(world)
    with pytest.raises(Suspended):
        approvals.approve(world.rt, world.officer(Role.AUDITOR), asked)

    assert erasures_of(world) is None


def test_a_correction_begins_the_term_anew(world: World) -> None:
    play(world)
    world.at("2027-03-01 10:00")
    correcting.propose(world.rt, world.officer(Role.CHAIR), world.origin, reason="氏名の誤り")
    world.two(Act.CORRECT, Role.CHAIR, Role.AUDITOR)
    world.at(DUE)

    with pytest.raises(StillKept) as refused:
        ask(world)

    assert refused.value.until.isoformat() == "2030-03-01"


def test_a_list_that_has_changed_since_is_not_erased(world: World) -> None:
    certified(world)
    asked = ask(world)
    with world.rt.database.transaction() as tx:
        roll.set_addresses(tx, world.case.id, "M0001", ())

    with pytest.raises(ChangedSince):
        approvals.approve(world.rt, world.officer(Role.AUDITOR), asked)

    assert erasures_of(world) is None


def test_a_fault_on_the_way_leaves_everything_as_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    certified(world)
    asked, before, size = ask(world), whole_database(world), len(world.entries())

    def fails(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("voting.services.recording.ledger.append", fails)
    with pytest.raises(OSError, match="full"):
        approvals.approve(world.rt, world.officer(Role.AUDITOR), asked)
    monkeypatch.undo()

    assert (whole_database(world), len(world.entries())) == (before, size)


def test_choices_salts_scans_names_and_addresses_are_in_no_table_any_more(world: World) -> None:
    certified(world)
    with world.rt.database.reading() as tx:
        salts = [each.salt for each in ballots.all_submissions(tx, world.case.id) if each.salt]
    before = whole_database(world)
    secrets = [repr(each).encode() for each in salts] + ["担当 花子".encode(), b"\\x89PNG"]
    assert all(each in before for each in secrets)

    erase(world)

    after = whole_database(world)
    assert not [each for each in secrets if each in after]
    # The register of members has its own addresses, which are those of today.
    assert before.count(b"m1@example.jp") > after.count(b"m1@example.jp") == 1


def test_the_entry_names_how_many_and_the_root_of_what_openings_jsonl_had(world: World) -> None:
    certified(world)
    lines = read_bundle(bundle_of(world, "auditor")).read("openings.jsonl") or b""

    erase(world)

    body = decode_entry(world.entries()[-1]).body
    assert isinstance(body, Erase)
    assert body == Erase(
        records=len(lines.splitlines()), root=leaves_root(lines.splitlines()).hex(), rule=RULE
    )


@pytest.mark.parametrize("audience", ["public", "auditor"])
def test_a_bundle_made_afterwards_passes_as_erased_with_every_receipt(world: World, audience: str) -> None:
    certified(world)

    erase(world)

    found = {each.number: each for each in findings(world, audience)}
    assert all(each.passes for each in found.values())
    assert {n for n, each in found.items() if each.status is Status.ERASED} == {17, 21, 22, 23, 25}
    assert found[17].why == RULE
    # Every receipt that a member has kept is still proved, and no more is gone than the entry says.
    assert (found[9].status, found[27].status) == (Status.PROVED, Status.PROVED)
    assert found[27].items == 8


def test_where_openings_were_withheld_anyway_the_public_bundle_misses_nothing(world: World) -> None:
    play(world, disclosure="L2")
    world.at(DUE)

    erase(world)

    found = findings(world, "public")
    assert all(each.passes for each in found)
    assert Status.ERASED not in {each.status for each in found}


def test_the_result_page_and_the_numbers_stay_those_of_the_certified_result(world: World) -> None:
    certified(world)
    before = result_page.result_page(world.rt, world.origin)
    with world.rt.database.reading() as tx:
        numbers = counted_numbers.numbers(closing.counted(tx, world.case))

    erase(world)

    after = result_page.result_page(world.rt, world.origin)
    assert after.motions == before.motions
    assert (after.roll, after.returned, after.notes) == (before.roll, before.returned, before.notes)
    assert RULE in after.erased
    assert before.erased == ""
    with world.rt.database.reading() as tx:
        assert counted_numbers.numbers(closing.counted(tx, world.case)) == numbers


def test_a_member_is_told_of_its_answer_that_it_counted_and_is_erased(world: World) -> None:
    certified(world)
    silent = own_vote.own_vote(world.rt, world.key("M0007"))

    erase(world)

    told = own_vote.own_vote(world.rt, world.key("M0001"))
    assert told.answer is not None
    assert told.answer.is_erased
    assert (told.lines, told.answer.words, told.answer.who) == ((), (), "")
    assert told.erased is not None
    assert told.erased.rule == RULE
    again = own_vote.own_vote(world.rt, world.key("M0007"))
    assert (again.lines, again.is_silent) == (silent.lines, True)


def test_what_rests_on_the_votes_is_refused_with_the_day_and_the_rule(world: World) -> None:
    certified(world)
    auditor, chair = world.officer(Role.AUDITOR), world.officer(Role.CHAIR)
    first = world.receipts[0].index
    erase(world)

    for act in (
        lambda: receipts.of_entry(world.rt, world.origin, first),
        lambda: receipts.against_final(world.rt, world.origin, first),
        lambda: counted_numbers.recount(world.rt, auditor, world.origin),
        lambda: correcting.propose(world.rt, chair, world.origin, reason="氏名の誤り"),
        lambda: evidence(world.rt, auditor, world.origin, "F-1"),
        lambda: ask(world),
    ):
        with pytest.raises(Erased) as refused:
            act()
        assert refused.value.rule == RULE


def test_a_mail_that_was_never_sent_is_not_sent_any_more(world: World) -> None:
    certified(world)
    erase(world)
    sent = len(world.mails)

    world.send()

    assert len(world.mails) == sent
    with world.rt.database.reading() as tx:
        assert outbox.due(tx, now="2099-01-01T00:00:00.000Z", limit=9) == ()


def test_the_tables_agree_with_the_ledger_afterwards(world: World) -> None:
    certified(world)
    erase(world)

    with world.rt.database.reading() as tx:
        require_agreement(tx, world.case)


def blank(world: World, *, only: str | None = None) -> None:
    """Wipe answers by hand, past the service."""
    statement = update(submission).where(submission.c.assembly == bindparam("in_assembly"))
    if only is not None:
        statement = statement.where(submission.c.member_id == only)
    with world.rt.database.transaction() as tx:
        tx.run(statement.values(opening="", salt=b""), in_assembly=world.case.id)


def test_attack_answers_wiped_in_the_database_are_no_erasure(world: World) -> None:
    certified(world)

    blank(world, only="M0001")

    with pytest.raises(Broken, match="nothing says"):
        bundle_of(world, "public")
    with pytest.raises(Broken, match="no entry says"), world.rt.database.reading() as tx:
        require_agreement(tx, world.case)


@pytest.mark.parametrize("audience", ["public", "auditor"])
def test_attack_answers_wiped_and_called_erased_without_an_entry_are_refuted(
    world: World, audience: str
) -> None:
    certified(world)
    blank(world)
    with world.rt.database.transaction() as tx:
        tx.run(
            insert(erasure),
            assembly=world.case.id,
            idx=len(world.entries()),
            rule=RULE,
            erased_at="2029-06-20T00:00:00.000Z",
            first="administrator-1",
            second="auditor-1",
            amounts="{}",
        )

    assert 17 in failed(findings(world, audience))
    with pytest.raises(Broken, match="no entry says"), world.rt.database.reading() as tx:
        require_agreement(tx, world.case)


def test_attack_more_answers_wiped_than_the_entry_names_are_refuted(world: World) -> None:
    certified(world)
    blank(world, only="M0001")
    with world.rt.database.transaction() as tx:
        kept = [each for each in ballots.all_submissions(tx, world.case.id) if not each.is_erased]
    lines = [
        canonical.encode({"ballot": each.ballot(), "index": each.index, "salt": each.salt.hex()})
        for each in kept
        if each.member_id is not None
    ]
    blank(world)
    with recording(world.rt, world.origin) as book:
        index = book.append(Erase(records=len(lines), root=leaves_root(lines).hex(), rule=RULE))
        row = erasures.Erasure(
            index, RULE, canonical.instant_text(book.now), "administrator-1", "auditor-1", {}
        )
        erasures.erase(book.tx, world.case.id, row)

    assert failed(findings(world, "public")) == {27}
    with pytest.raises(Broken, match="no entry says"), world.rt.database.reading() as tx:
        require_agreement(tx, world.case)


def test_attack_the_published_result_replaced_after_the_erasure_is_noticed(world: World) -> None:
    certified(world)
    erase(world)
    with world.rt.database.transaction() as tx:
        tx.run(text("UPDATE publication SET content = X'7B7D' WHERE name = 'result.json'"))

    with pytest.raises(Broken, match="not the one"):
        result_page.result_page(world.rt, world.origin)


def test_the_proposal_holds_numbers_and_digests_and_no_content(world: World) -> None:
    certified(world)
    with world.rt.database.reading() as tx:
        document = approvals.document(tx, world.case, Act.ERASE, TERMS).decode()

    assert "担当" not in document
    assert "@example.jp" not in document
    assert '"scans":["' in document
