"""The demonstration's officers at their desks: what each would type, and what each one's telephone shows."""

from dataclasses import dataclass

from voting.core.permissions import Officer, Role
from voting.credentials import totp
from voting.credentials.passwords import hash_password
from voting.credentials.vault import NONCE_BYTES
from voting.demo.stage import Scene, officer
from voting.ledger.canonical import instant_text
from voting.store import accounts, factors

PASSWORD = "mihon no jimukyoku"


@dataclass(frozen=True, slots=True)
class Telephone:
    """An officer, and the codes that its authenticator would show.

    Shape   ``codes`` are those not used yet, the one of now first, then the next; none for some seconds
            where both have been used.
    """

    officer: Officer
    codes: tuple[str, ...]


def hire(scene: Scene) -> None:
    """Give the five officers a password that everybody knows, and an authenticator each."""
    rt, password_hash = scene.rt, hash_password(PASSWORD)
    with rt.database.transaction() as tx:
        for role in Role:
            who = officer(role).id
            sealed = rt.keys.vault.seal(rt.token(totp.SECRET_BYTES), about=who, nonce=rt.token(NONCE_BYTES))
            accounts.set_password(tx, who, password_hash=password_hash, by=None)
            factors.put_totp(tx, who, sealed=sealed, step=0, now=instant_text(rt.now()))


def telephones(scene: Scene) -> tuple[Telephone, ...]:
    """In the order of the roles."""
    return tuple(_telephone(scene, officer(role)) for role in Role)


def _telephone(scene: Scene, who: Officer) -> Telephone:
    rt = scene.rt
    with rt.database.reading() as tx:
        kept = factors.totp_secret(tx, who.id)
    if kept is None:
        return Telephone(who, ())
    sealed, used = kept
    secret, now = rt.keys.vault.open(sealed, about=who.id), totp.step_of(rt.now())
    return Telephone(who, tuple(totp.code_at(secret, step) for step in (now, now + 1) if step > used))
