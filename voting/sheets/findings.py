"""What is found row by row in a sheet: a code and its facts, for the person who can put the sheet right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How a finding bears on its row: only an error keeps the sheet from being taken."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in one row.

    Units   ``row`` as the spreadsheet program shows it; ``member`` is empty where the row names none.
    Shape   ``facts`` are what the sentence for people needs: the heading, the text, an offer of repair.
    """

    row: int
    member: str
    level: Level
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


class Report:
    """Collects the findings of a sheet while its rows are read, row after row."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.row = 0
        self.member = ""
        self._first = 0

    def turn_to(self, row: int) -> None:
        """From now on findings are about *row*."""
        self.row, self.member, self._first = row, "", len(self.findings)

    def info(self, code: str, **facts: str) -> None:
        self._add(Level.INFO, code, facts)

    def warn(self, code: str, **facts: str) -> None:
        self._add(Level.WARNING, code, facts)

    def error(self, code: str, **facts: str) -> None:
        self._add(Level.ERROR, code, facts)

    def skip(self, code: str, **facts: str) -> None:
        self._add(Level.SKIPPED, code, facts)

    def worst(self) -> Level | None:
        """The gravest level found in the row so far, None where nothing was found."""
        levels = (
            {each.level for each in self.findings[self._first :]} if self._first < len(self.findings) else ()
        )
        for level in (Level.SKIPPED, Level.ERROR, Level.WARNING, Level.INFO):
            if level in levels:
                return level
        return None

    def _add(self, level: Level, code: str, facts: dict[str, str]) -> None:
        self.findings.append(Finding(self.row, self.member, level, code, facts))
