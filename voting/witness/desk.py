"""The witness at work: look, store, and only then sign."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from voting.core.errors import Refusal
from voting.ledger.cosignature import Cosigner
from voting.ledger.note import split_note
from voting.witness.errors import Forked, NotProved
from voting.witness.judging import Submission, judge, opened, stated
from voting.witness.state import State


@dataclass(frozen=True, slots=True)
class Desk:
    """One witness.  ``clock`` gives aware UTC time; ``tell`` shows a sentence or a file to its owner."""

    state: State
    cosigner: Cosigner
    clock: Callable[[], datetime]
    tell: Callable[[Refusal, tuple[str, ...]], None]

    def receive(self, submission: Submission) -> bytes:
        """As ``cosign``; what looks like a fork is kept and shown before it is refused."""
        try:
            return self.cosign(submission)
        except (Forked, NotProved) as found:
            self.report(found, submission.note)
            raise

    def cosign(self, submission: Submission) -> bytes:
        """The cosignature line for a checkpoint that continues what was seen of its log.

        Raises  UnknownLog, NotSignedByLog, WentSmaller, OldSizeDiffers, Forked, NotProved.
        """
        log = self.state.log(stated(submission.note).origin)
        now = self.clock()
        self.state.advance(
            log,
            submission.note,
            lambda offered, held: judge(offered, held, old=submission.old, proof=submission.proof),
            now=now,
        )
        # Only now: a checkpoint that was signed and not stored could be followed by another one.
        text, _ = split_note(submission.note)
        return self.cosigner.line(text, time=int(now.timestamp()))

    def report(self, found: Refusal, offered: bytes) -> None:
        """Keep both checkpoints in files and show them: they are the proof of what was found."""
        checkpoint = stated(offered)
        log = self.state.log(checkpoint.origin)
        opened(offered, log)
        held = self.state.held(log.name) or b""
        files = self.state.keep_fork(log, offered, digest=sha256(held + offered).hexdigest()[:16])
        self.tell(found, (*map(str, files), held.decode(), offered.decode()))
