"""What a correction would say now, beside what is published; and its proposal to the auditor."""

from dataclasses import dataclass

from voting.core.permissions import Act, Officer, require_side
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.office import approvals
from voting.services.outcome import closing, correcting
from voting.services.outcome.correctable import Subject, subjects
from voting.services.outcome.counted_numbers import Numbers, numbers
from voting.services.outcome.erased import require_kept
from voting.services.outcome.stated import stated_lines
from voting.services.outcome.versions import stored_name, version_in_force
from voting.services.stages import AssemblyLine, line_of
from voting.store import assemblies
from voting.store.approvals import Request


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """Shape: ``changes`` are lines as published and as they would be; ``version`` of the new result;
    ``subjects`` are what can be corrected, the one that is meant where nobody says otherwise first.
    """

    subjects: tuple[Subject, ...]
    assembly: AssemblyLine
    version: int
    numbers: Numbers
    changes: tuple[tuple[str, str], ...]
    longest: int


def correction_page(rt: Runtime, who: Officer, origin: str) -> CorrectionPage:
    """Raises: NotAllowed, NoSuchAssembly; NotThatFar before the result; Erased."""
    require_side(who, Act.CORRECT, second=False)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        if case.result_index is None:
            raise NotThatFar("correct", "result")
        require_kept(tx, case)
        whole, version = closing.recounted(tx, case), version_in_force(tx, case)
        published = assemblies.published(tx, case.id, stored_name(closing.RESULT_JSON, version)) or b""
        lines = zip(stated_lines(published), stated_lines(whole.content), strict=True)
        return CorrectionPage(
            subjects=subjects(tx, case),
            assembly=line_of(case, rt.now()),
            version=version + 1,
            numbers=numbers(whole),
            changes=tuple((old, new) for old, new in lines if old != new),
            longest=correcting.LONGEST_REASON,
        )


def propose(
    rt: Runtime, who: Officer, origin: str, *, reason: str, note: str, of: int | None = None
) -> Request:
    """Say what has to be corrected and why, and ask an auditor for the second signature.

    Shape   *of* as in ``correcting.propose``.
    Raises  as ``correcting.propose`` and ``approvals.request``.
    """
    correcting.propose(rt, who, origin, reason=reason, of=of)
    return approvals.request(rt, who, origin, Act.CORRECT, note=note)
