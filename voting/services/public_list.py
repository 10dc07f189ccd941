"""The list of assemblies that anybody may read."""

from dataclasses import dataclass

from voting.runtime import Runtime
from voting.services.stages import path, stage
from voting.store import assemblies
from voting.wording.pages import PAGES


@dataclass(frozen=True, slots=True)
class AssemblyLine:
    """One assembly in the public list.  Shape: ``stage`` as in MemberPage, or "draft"."""

    origin: str
    path: str
    body: str
    title: str
    period: str
    stage: str


def public_list(rt: Runtime, *, language: str = "ja") -> tuple[AssemblyLine, ...]:
    """All assemblies whose notice went out, the newest first."""
    now = rt.now()
    with rt.database.reading() as tx:
        cases = [case for case in assemblies.everything(tx) if case.issued_index is not None]
    return tuple(
        AssemblyLine(
            origin=case.origin,
            path=path(case),
            body=case.docket.body.name,
            title=case.docket.assembly.title,
            period=PAGES[language].period(case.docket.assembly.schedule),
            stage=stage(case, now),
        )
        for case in reversed(cases)
    )
