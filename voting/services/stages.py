"""Where an assembly stands, its place in addresses, and its line in a list."""

from dataclasses import dataclass
from datetime import datetime

from voting.core.assembly import Phase, phase
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly
from voting.store import assemblies, drafts
from voting.store.assemblies import Case


@dataclass(frozen=True, slots=True)
class AssemblyLine:
    """One assembly in the office's list.  Shape: ``stage`` as in ``stage``."""

    path: str
    body: str
    title: str
    stage: str
    opens_at: datetime
    closes_at: datetime


def stage(case: Case, now: datetime) -> str:
    """Which page an assembly has; opened and closed by the schedule alone."""
    if case.issued_index is None:
        return "draft"
    if case.result_index is not None:
        return "declared"
    return {Phase.EARLY: "notice", Phase.OPEN: "open", Phase.LATE: "closed"}[
        phase(case.docket.assembly.schedule, now)
    ]


def path(case: Case) -> str:
    """The assembly's place in addresses: body/assembly."""
    return case.origin.split("/", 1)[1]


def assembly_lines(rt: Runtime) -> tuple[AssemblyLine, ...]:
    """All assemblies, drafts too, the newest first; without those that were withdrawn."""
    now = rt.now()
    with rt.database.reading() as tx:
        cases, withdrawn = assemblies.everything(tx), drafts.withdrawn(tx)
    return tuple(line_of(case, now) for case in reversed(cases) if case.id not in withdrawn)


def assembly_line(rt: Runtime, origin: str) -> AssemblyLine:
    """Raises: NoSuchAssembly."""
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    return line_of(case, rt.now())


def line_of(case: Case, now: datetime) -> AssemblyLine:
    """One assembly as it is listed."""
    schedule = case.docket.assembly.schedule
    return AssemblyLine(
        path=path(case),
        body=case.docket.body.name,
        title=case.docket.assembly.title,
        stage=stage(case, now),
        opens_at=schedule.opens_at,
        closes_at=schedule.closes_at,
    )
