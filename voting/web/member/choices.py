"""What a filled-in ballot says: read from the form's fields by plain functions, and nothing guessed.

Shape   field ``m2`` is motion 2's answer (a mark; for ``names`` the numbers of the candidates, 0 for
        nobody), ``m3c1`` the mark for candidate 1 of motion 3.  A value that is not offered is no answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from voting.core.ballots import Choice, Mark
from voting.services.casting.answers import Answer
from voting.services.casting.ballot_form import BallotForm
from voting.services.casting.motion_lines import MotionLine
from voting.web.member.typed import Form, FormFault, line_faults, text_faults, typed

MARKS = (Mark.FOR, Mark.AGAINST, Mark.ABSTAIN)
NOBODY = "0"
LONGEST_OPINION = 2000


@dataclass(frozen=True, slots=True)
class Filled:
    """A ballot as filled in so far.  Shape: ``marked`` holds (field, value) of everything ticked."""

    choices: Mapping[int, Choice] = field(default_factory=dict)
    marked: frozenset[tuple[str, str]] = frozenset()
    section: str = ""
    respondent: str = ""
    opinion: str = ""
    opinion_public: bool = False
    faults: tuple[FormFault, ...] = ()

    def answer(self) -> Answer:
        """What is cast."""
        return Answer(
            choices=self.choices,
            section=self.section,
            respondent=self.respondent,
            opinion=self.opinion,
            opinion_public=self.opinion_public,
        )


def offered_marks(*, abstain: bool) -> tuple[Mark, ...]:
    return MARKS if abstain else MARKS[:2]


def read_ballot(form: Form, asked: BallotForm, *, fill: str = "") -> Filled:
    """The whole ballot; with *fill*, every mark not yet asked for by name is that one.

    Nothing is raised: ``faults`` says what is missing or cannot be taken.
    """
    offered = tuple(mark.value for mark in offered_marks(abstain=asked.offers_abstain))
    if fill in offered:
        form = _filled(form, asked.motions, fill)
    choices, marked, faults = read_choices(form, asked.motions, offered)
    section, respondent = typed(form, "section"), typed(form, "respondent")
    opinion = typed(form, "opinion")
    return Filled(
        choices=choices,
        marked=marked,
        section=section,
        respondent=respondent,
        opinion=opinion,
        opinion_public=form.get("opinion_public") == "yes",
        faults=(
            *faults,
            *line_faults("section", section),
            *line_faults("respondent", respondent),
            *text_faults("opinion", opinion, LONGEST_OPINION),
        ),
    )


def read_choices(
    form: Form, motions: Iterable[MotionLine], offered: tuple[str, ...]
) -> tuple[dict[int, Choice], frozenset[tuple[str, str]], tuple[FormFault, ...]]:
    """The choices by motion number, everything validly ticked, and the motions at fault in their order."""
    choices: dict[int, Choice] = {}
    marked: set[tuple[str, str]] = set()
    faults: list[FormFault] = []
    for motion in motions:
        name = f"m{motion.number}"
        if motion.question == "marks":
            mark = _mark(form, name, offered, marked)
            if mark is None:
                faults.append(FormFault(name, f"{name}-{offered[0]}", "mark", motion.label))
            else:
                choices[motion.number] = mark
        elif motion.question == "candidates":
            by_name, missing = _by_candidate(form, motion, offered, marked)
            faults += missing
            if not missing:
                choices[motion.number] = by_name
        else:
            names = _names(form, motion, marked)
            if isinstance(names, str):
                faults.append(FormFault(name, f"{name}-1", names, motion.label))
            else:
                choices[motion.number] = names
    return choices, frozenset(marked), tuple(faults)


def _mark(form: Form, name: str, offered: tuple[str, ...], marked: set[tuple[str, str]]) -> Mark | None:
    values = form.getlist(name)
    if len(values) != 1 or values[0] not in offered:
        return None
    marked.add((name, values[0]))
    return Mark(values[0])


def _by_candidate(
    form: Form, motion: MotionLine, offered: tuple[str, ...], marked: set[tuple[str, str]]
) -> tuple[dict[str, Mark], list[FormFault]]:
    found: dict[str, Mark] = {}
    missing = []
    for place, candidate in enumerate(motion.candidates, 1):
        name = f"m{motion.number}c{place}"
        mark = _mark(form, name, offered, marked)
        if mark is None:
            missing.append(
                FormFault(name, f"{name}-{offered[0]}", "candidate", f"{motion.label} {candidate}")
            )
        else:
            found[candidate] = mark
    return found, missing


def _names(form: Form, motion: MotionLine, marked: set[tuple[str, str]]) -> tuple[str, ...] | str:
    """The candidates chosen, in their order, or the reason why that is no choice."""
    name, by_value = f"m{motion.number}", {str(n): one for n, one in enumerate(motion.candidates, 1)}
    values = form.getlist(name)
    known = [value for value in values if value == NOBODY or value in by_value]
    marked.update((name, value) for value in known)
    if not known or len(known) != len(values) or len(set(known)) != len(known):
        return "names"
    if known == [NOBODY]:
        return ()
    if NOBODY in known:
        return "nobody-and-names"
    if len(known) > motion.seats:
        return "too-many"
    return tuple(by_value[value] for value in sorted(known, key=int))


def _filled(form: Form, motions: Iterable[MotionLine], value: str) -> Form:
    fresh = form.copy()
    for motion in motions:
        if motion.question == "marks":
            fresh[f"m{motion.number}"] = value
        elif motion.question == "candidates":
            for place in range(1, len(motion.candidates) + 1):
                fresh[f"m{motion.number}c{place}"] = value
    return fresh
