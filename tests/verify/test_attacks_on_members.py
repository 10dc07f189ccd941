"""Every member of every kind of entry and of every list is there for something: changing it is noticed.

The large run over both audiences and every entry is bench/tamper.py.
"""

from collections.abc import Sequence

import pytest

from tests.verify.conftest import Council
from tests.verify.expected import ALSO, CHECK, HISTORY, UNPROVED
from tests.verify.forge import Forge, caught, check, failed
from tests.verify.mutants import LISTS, Mutant, mutants
from tests.verify.rich import rich, with_strangers
from voting.ledger.canonical import CanonicalFault
from voting.ledger.entries import KINDS
from voting.verify.evidence import Held
from voting.verify.findings import Finding

SORTS = (*KINDS, "entry", *LISTS)


@pytest.fixture(scope="session")
def logs(council: Council) -> dict[str, Forge]:
    return {audience: rich(council.forge(audience)) for audience in ("public", "auditor")}


@pytest.fixture(scope="session")
def changes(logs: dict[str, Forge]) -> dict[str, list[tuple[str, Mutant]]]:
    """One change of each sort to each member, by kind of entry or list, with the bundle it is made to."""
    found: dict[tuple[str, str], tuple[str, Mutant]] = {}
    for audience, forge in logs.items():
        for mutant in mutants(forge):
            found.setdefault((mutant.field, mutant.act), (audience, mutant))
    sorted_by_sort: dict[str, list[tuple[str, Mutant]]] = {sort: [] for sort in SORTS}
    for (field, _), change in found.items():
        sort = field.partition(".jsonl")[0] + ".jsonl" if ".jsonl" in field else field.partition(".")[0]
        sorted_by_sort[sort].append(change)
    return sorted_by_sort


def after(forge: Forge, mutant: Mutant) -> bytes | None:
    """The bundle after the change; None where no JSON could hold it."""
    changed = forge.copy()
    mutant.make(changed)
    try:
        return changed.zipped()
    except CanonicalFault:
        return None


@pytest.mark.parametrize("audience", ["public", "auditor"])
def test_a_log_with_every_kind_of_entry_is_verified(
    council: Council, logs: dict[str, Forge], audience: str
) -> None:
    forge = logs[audience]

    assert {entry["kind"] for entry in forge.entries} == set(KINDS)
    assert not caught(check(forge.zipped(), council.held))


def test_signature_lines_by_keys_that_nobody_asked_for_are_passed_over(
    council: Council, logs: dict[str, Forge]
) -> None:
    assert not caught(check(with_strangers(logs["public"].copy()).zipped(), council.held))


@pytest.mark.parametrize("sort", SORTS)
def test_any_change_of_any_member_is_caught_by_the_check_that_is_there_for_it(
    council: Council, logs: dict[str, Forge], changes: dict[str, list[tuple[str, Mutant]]], sort: str
) -> None:
    finals = {each: forge.note(len(forge.entries)) for each, forge in logs.items()}
    assert changes[sort]

    for audience, mutant in changes[sort]:
        data, named = after(logs[audience], mutant), f"{mutant.field} {mutant.act}"
        if data is None:
            continue
        found = check(data, council.held)
        assert "unexpected" not in {each.fault for each in found}, named
        if not failed(found):
            found = _with_a_checkpoint(data, council, finals[audience])
        assert answers(mutant.field, found), (named, failed(found))


def _with_a_checkpoint(data: bytes, council: Council, final: bytes) -> Sequence[Finding]:
    return check(data, Held(council.signer.verifier, (("kept", final),)))


def answers(field: str, found: Sequence[Finding]) -> bool:
    """Whether what failed is what has to fail."""
    numbers = failed(found)
    if numbers & {10, CHECK.get(field), ALSO.get(field)}:
        return True
    if field in UNPROVED:
        return not numbers
    # Two officers exchanged, or one of them named twice or not at all, are for 19 and for the past.
    return field in HISTORY and bool(numbers & {9, 11, 17, 18, 19, 20, 23})


def test_a_member_has_one_answer_and_every_member_has_one(
    changes: dict[str, list[tuple[str, Mutant]]],
) -> None:
    fields = {mutant.field for several in changes.values() for _, mutant in several}

    assert fields ^ (CHECK.keys() | HISTORY) == set()
    assert set(UNPROVED) <= fields
