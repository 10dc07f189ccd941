"""The report: a line for each check, what is said beside it, and one verdict; as text or as JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from voting.verify.check_words import (
    LANGUAGES,
    MAY_BE_EMPTY,
    OUTCOMES,
    PHRASES,
    PROVED,
    STATUS,
    TITLES,
    Texts,
)
from voting.verify.detail_words import detail_in_japanese
from voting.verify.evidence import Evidence
from voting.verify.fault_words import FAULTS, NOTES
from voting.verify.findings import Facts, Finding, Refuted, Status
from voting.verify.steps_count import stated

VERIFIED, REFUTED, UNREADABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Report:
    """A bundle's report.  Shape: *motions* are those of result.json, as far as it can be read."""

    log: str
    audience: str
    findings: tuple[Finding, ...]
    motions: tuple[Any, ...]

    @property
    def code(self) -> int:
        """The exit code."""
        return VERIFIED if all(each.passes for each in self.findings) else REFUTED


def report_of(evidence: Evidence, findings: tuple[Finding, ...]) -> Report:
    try:
        motions = tuple(stated(evidence)["motions"])
    except Refuted:
        motions = ()
    return Report(evidence.bundle.log, evidence.bundle.audience, findings, motions)


def text(report: Report, language: str) -> str:
    """The report for people, in ``ja`` or ``en``."""
    return "\n".join(_lines(report, language)) + "\n"


def _lines(report: Report, language: str) -> Iterator[str]:
    say = _Speaker(language)
    audience = say.phrase(PHRASES[report.audience])
    yield f"{say.phrase(PHRASES['log'])}: {report.log} ({audience})"
    for finding in report.findings:
        status = say.phrase(STATUS[finding.status])
        yield f"{finding.number:2} [{status}] {say.phrase(TITLES[finding.number])}: {say.outcome(finding)}"
        for note in finding.notes:
            kind = say.phrase(PHRASES["warning" if note.is_warning else "note"])
            yield f"     {kind}: {say.phrase(NOTES[note.code], note.facts)}"
    if report.code == VERIFIED:
        for motion in report.motions:
            yield f"{say.phrase(PHRASES['result'])}: {say.motion(motion)}"
    yield say.verdict(report.findings)


def as_json(report: Report) -> str:
    """The report for programs."""
    verdict = {VERIFIED: "verified", REFUTED: "refuted"}[report.code]
    value = {
        "audience": report.audience,
        "checks": [_finding_json(each) for each in report.findings],
        "exit": report.code,
        "format": "voting-report/1",
        "log": report.log,
        "verdict": verdict,
    }
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def unreadable_json(name: str, detail: str) -> str:
    """The report where there is nothing to be checked."""
    value = {
        "checks": [],
        "detail": detail,
        "exit": UNREADABLE,
        "file": name,
        "format": "voting-report/1",
        "verdict": "unreadable",
    }
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def phrase(code: str, language: str, **facts: object) -> str:
    """One of the report's own sentences."""
    return _Speaker(language).phrase(PHRASES[code], facts)


def _finding_json(finding: Finding) -> dict[str, object]:
    say = _Speaker("en")
    value: dict[str, object] = {
        "number": finding.number,
        "title": TITLES[finding.number][LANGUAGES.index("en")],
        "status": finding.status.value,
        "items": finding.items,
        "facts": dict(finding.facts),
        "says": say.outcome(finding),
        "notes": [
            {
                "code": note.code,
                "facts": dict(note.facts),
                "is_warning": note.is_warning,
                "says": say.phrase(NOTES[note.code], note.facts),
            }
            for note in finding.notes
        ],
    }
    if finding.fault:
        value["fault"] = finding.fault
    if finding.rests_on is not None:
        value["rests_on"] = finding.rests_on
    return value


@dataclass(frozen=True, slots=True)
class _Speaker:
    language: str

    def phrase(self, texts: Texts, facts: Facts | None = None) -> str:
        return texts[LANGUAGES.index(self.language)].format_map(
            {name: plain(self._own(name, value)) for name, value in (facts or {}).items()}
        )

    def _own(self, name: str, value: object) -> object:
        """A fact in the report's language: what a reader of a format has said is in English."""
        return detail_in_japanese(str(value)) if (name, self.language) == ("detail", "ja") else value

    def outcome(self, finding: Finding) -> str:
        """What a check has found, in one sentence."""
        if finding.status is Status.FAILED:
            return self.phrase(FAULTS[finding.fault], finding.facts)
        if finding.rests_on is not None:
            return self.phrase(PHRASES["rests-on"], {"number": finding.rests_on})
        if finding.status is Status.PROVED and not finding.items and finding.number in MAY_BE_EMPTY:
            return self.phrase(PHRASES["none"])
        if finding.status is Status.PROVED:
            return self.phrase(PROVED[finding.number], {**finding.facts, "items": finding.items})
        return self.phrase(PHRASES[finding.status.value], {"why": finding.why})

    def motion(self, motion: dict[str, Any]) -> str:
        """A motion's result in one line; without numbers where they have another shape than a motion's."""
        outcome = OUTCOMES.get(motion["outcome"], (motion["outcome"],) * len(LANGUAGES))
        facts = {"number": motion["number"], "title": motion["title"], "outcome": self.phrase(outcome)}
        sides = [motion.get(side) for side in ("for", "against")]
        totals = [str(side.get("total", "")) for side in sides if isinstance(side, dict)]
        if len(totals) != len(sides):
            return self.phrase(PHRASES["election"], facts)
        return self.phrase(PHRASES["motion"], facts | {"in_favour": totals[0], "against": totals[1]})

    def verdict(self, findings: Sequence[Finding]) -> str:
        failed = sum(each.status is Status.FAILED for each in findings)
        unproved = sum(each.status is Status.UNPROVED for each in findings)
        partly = sum(each.status in (Status.WITHHELD, Status.ERASED) for each in findings)
        if failed or unproved:
            return self.phrase(PHRASES["refuted"], {"failed": failed, "unproved": unproved})
        return self.phrase(PHRASES["partly" if partly else "verified"], {"number": partly})


def plain(value: object) -> object:
    """A fact as one line of plain text: what stands in a bundle must not write to the terminal."""
    if not isinstance(value, str):
        return value
    return "".join(each if each.isprintable() else "\ufffd" for each in value)
