"""The docket: everything that is fixed when the vote opens, apart from the roll."""

from dataclasses import dataclass

from voting.core.assembly import Assembly, Body
from voting.core.motions import DocumentRef, Motion
from voting.core.rules import NonSubmission, Objections, Rules, Threshold


@dataclass(frozen=True, slots=True)
class Docket:
    """Body, assembly, rules and motions; ``documents`` are papers that belong to no one motion."""

    body: Body
    assembly: Assembly
    rules: Rules
    motions: tuple[Motion, ...]
    documents: tuple[DocumentRef, ...] = ()

    def motion(self, number: int) -> Motion:
        """The motion of that number.  Raises: KeyError."""
        for motion in self.motions:
            if motion.number == number:
                return motion
        raise KeyError(number)

    def requires(self, motion: Motion) -> tuple[Threshold, ...]:
        """The tests *motion* must meet: its own, else the assembly's."""
        return self.rules.requires if motion.requires is None else motion.requires

    def non_submission(self, motion: Motion) -> NonSubmission:
        return self.rules.non_submission if motion.non_submission is None else motion.non_submission

    def objections(self, motion: Motion) -> Objections | None:
        return self.rules.objections if motion.objections is None else motion.objections
