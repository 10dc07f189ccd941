"""Who signs the papers of a body, and the signing itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, require
from voting.credentials.paper_keys import AUDITOR, BODY, CHAIR, NoPaperKey, PaperKey
from voting.documents.signing import Signatory, field_name, sign
from voting.runtime import Runtime
from voting.services.errors import BadName, NoSuchBody
from voting.services.names import is_plain
from voting.store import members

LONGEST_NAME = 64  # characters of a certificate's name, RFC 5280
_SEED = 68  # bytes
# Who signs a result, of those who have a key.
RESULT_SIGNERS = (BODY, CHAIR, AUDITOR)
# Who signs minutes where the office names nobody: who signs is part of what two persons approve, so that a
# key made in between signs nothing.
MINUTES_SIGNERS = (CHAIR, AUDITOR)


@dataclass(eq=False)
class NoKeyOfSigner(Refusal):
    """Somebody is named to sign the minutes and has no key."""

    code: ClassVar[str] = "no-key-of-signer"
    body: str
    signers: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The commands, for those who run the service: an officer only asks them."""
        return tuple(
            f"voting keys create {self.body} --signer {each} --name NAME --as ID" for each in self.signers
        )


def create(rt: Runtime, who: Officer, body: str, *, signer: str, name: str) -> PaperKey:
    """Make a key with a certificate of its own.

    Shape   *signer* is a short name: body, chair, auditor, or another; *name* is printed and certified.
    Raises  BadName, NoSuchBody, PaperKeyThere.
    """
    organisation = _body_name(rt, who, body, signer)
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise BadName("signer", name)
    return rt.paper_keys.create(
        body, signer, organisation=organisation, name=name, seed=rt.token(_SEED), now=rt.now()
    )


def adopt(
    rt: Runtime, who: Officer, body: str, *, signer: str, content: bytes, password: bytes, file: Path
) -> PaperKey:
    """Take over a key and certificate that the body has from elsewhere, as PKCS #12.

    Raises  BadName, NoSuchBody, PaperKeyUnusable, PaperKeyThere.
    """
    _body_name(rt, who, body, signer)
    return rt.paper_keys.adopt(body, signer, content, password, file)


def keys(rt: Runtime, body: str) -> tuple[PaperKey, ...]:
    """All keys of a body.  Raises: PaperKeyUnusable."""
    return rt.paper_keys.everything(body)


def result_signers(rt: Runtime, body: str) -> tuple[PaperKey, ...]:
    """Who signs a result now.  Raises: NoPaperKey, PaperKeyExpired, PaperKeyUnusable."""
    found = tuple(each for each in rt.paper_keys.of(body, at=rt.now()) if each.signer in RESULT_SIGNERS)
    if not found:
        raise NoPaperKey(body)
    return found


def minutes_signers(rt: Runtime, body: str, named: Sequence[str]) -> tuple[PaperKey, ...]:
    """Who signs minutes now: those that are *named*, in that order, and nobody else.

    Raises  NoPaperKey, NoKeyOfSigner, PaperKeyExpired, PaperKeyUnusable.
    """
    found = {each.signer: each for each in rt.paper_keys.of(body, at=rt.now())}
    missing = tuple(each for each in named if each not in found)
    if missing:
        raise NoKeyOfSigner(body, missing)
    return tuple(found[each] for each in named)


def sign_paper(rt: Runtime, pdf: bytes, signers: Sequence[PaperKey], *, reason: str) -> bytes:
    """The paper, signed by all of them in their order, at the present time.

    Raises  StampNotGiven, StampRejected, StampRefused.
    """
    signatories = [
        Signatory(field_name(place), each.key, each.certificate, each.chain)
        for place, each in enumerate(signers, 1)
    ]
    stamp = None if rt.stamper is None else rt.stamper.ask
    return sign(pdf, signatories, reason=reason, at=rt.now(), stamp=stamp)


def _body_name(rt: Runtime, who: Officer, body: str, signer: str) -> str:
    require(who, Act.DRAFT)
    if not is_plain(signer):
        raise BadName("signer", signer)
    with rt.database.reading() as tx:
        found = members.find_body(tx, body)
    if found is None:
        raise NoSuchBody(body)
    return found.body.name
