"""The auditors' bundle as a download: it names members and how they voted, so it is for a few."""

from voting.core.permissions import Act, Officer, require
from voting.ledger.bundle_files import AUDITOR
from voting.runtime import Runtime
from voting.services.proof.export import export


def audit_bundle(rt: Runtime, who: Officer, origin: str) -> bytes:
    """Raises: NotAllowed; as ``export``."""
    require(who, Act.READ_NAMES)
    return export(rt, origin, audience=AUDITOR)
