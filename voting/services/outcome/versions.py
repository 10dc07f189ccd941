"""The versions of a result: the certified one, and each that a correction put in its place.

The files of every version are kept under names of their own, so that what was published once can always
be read again.
"""

import re

from voting.store import corrections
from voting.store.assemblies import Case
from voting.store.corrections import Corrected
from voting.store.transaction import Transaction

_NAME = re.compile(r"(result|result-summary|result-en)(?:-([1-9][0-9]{0,5}))?\.(json|csv|pdf|xlsx)", re.ASCII)
FIRST = 1


def named_at(tx: Transaction, case: Case) -> int | None:
    """The entry that names the result in force: the last correction, else the tally; None before it."""
    last = last_correction(tx, case)
    return case.tally_index if last is None else last.index


def last_correction(tx: Transaction, case: Case) -> Corrected | None:
    found = corrections.corrections(tx, case.id)
    return found[-1] if found else None


def version_in_force(tx: Transaction, case: Case) -> int:
    """Counts from 1, the certified result."""
    last = last_correction(tx, case)
    return FIRST if last is None else last.version


def stored_name(name: str, version: int) -> str:
    """Where a version's file is kept.  Shape: *name* as result.pdf; that of the first has no number."""
    return name if version == FIRST else numbered(name, version)


def numbered(name: str, version: int) -> str:
    """The public name of one version: result-1.pdf."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{version}{dot}{ending}"


def asked_version(name: str, newest: int) -> tuple[str, int] | None:
    """The file and the version that a public name asks for; None for a name that there is not.

    Shape   ``result.pdf`` is the newest, ``result-1.pdf`` the first.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    version = newest if found[2] is None else int(found[2])
    return (f"{found[1]}.{found[3]}", version) if version <= newest else None
