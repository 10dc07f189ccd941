"""An officer's passkeys: asked for, kept, used, removed."""

from voting.credentials import passkeys
from voting.credentials.passkeys import CHALLENGE_BYTES, PasskeyRefused, Place
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services.errors import AlreadyThere
from voting.services.office import limits
from voting.services.office.accounts import note
from voting.services.office.office_sessions import Visit
from voting.store import factors, office_sessions
from voting.store.factors import Passkey

# What authenticators show beside the account.
SITE_NAME = "書面表決"
_LONGEST_NAME = 60


def place(rt: Runtime) -> Place:
    """The site that passkeys belong to."""
    return Place(rt.site.base_url, SITE_NAME)


def mine(rt: Runtime, visit: Visit) -> tuple[Passkey, ...]:
    with rt.database.reading() as tx:
        return factors.passkeys(tx, visit.officer.id)


def question(rt: Runtime, visit: Visit) -> str:
    """JSON of what the browser asks one of the officer's passkeys; empty where there is none."""
    known = tuple(each.id for each in mine(rt, visit))
    challenge = visit.session.challenge
    if not known or challenge is None or not place(rt).can_have_passkeys:
        return ""
    return passkeys.request_options(place(rt), challenge=challenge, known=known)


def creation(rt: Runtime, visit: Visit) -> str:
    """JSON of what the browser makes a new passkey with; empty where the site can have none."""
    challenge = visit.session.challenge
    if challenge is None or not place(rt).can_have_passkeys:
        return ""
    return passkeys.creation_options(
        place(rt),
        account=visit.officer.id,
        person=visit.officer.name,
        challenge=challenge,
        known=tuple(each.id for each in mine(rt, visit)),
    )


def add(rt: Runtime, visit: Visit, answer: str, *, name: str) -> None:
    """Keep a passkey that the browser made.  Raises: PasskeyRefused, AlreadyThere."""
    challenge = _take_challenge(rt, visit)
    made, now = passkeys.check_creation(place(rt), answer, challenge=challenge), instant_text(rt.now())
    with rt.database.transaction() as tx:
        if factors.find_passkey(tx, made.id) is not None:
            raise AlreadyThere("passkey", name)
        shown = name.strip()[:_LONGEST_NAME] or "passkey"
        factors.add_passkey(
            tx, Passkey(made.id, visit.officer.id, shown, made.public_key, made.sign_count, now)
        )
        note(rt, tx, visit.officer.id, by=visit.officer.id, what="passkey-added", detail=shown)


def remove(rt: Runtime, visit: Visit, key: str) -> bool:
    """False where the officer has none such.  The authenticator app stays: nobody is left without one."""
    with rt.database.transaction() as tx:
        if not factors.remove_passkey(tx, visit.officer.id, key):
            return False
        note(rt, tx, visit.officer.id, by=visit.officer.id, what="passkey-removed")
    return True


def use(rt: Runtime, visit: Visit, answer: str, *, address: str) -> None:
    """Take a passkey's answer to the question asked.  Raises: PasskeyRefused, TooManyTries."""
    officer, counted = visit.officer, limits.passkey_count(visit.officer.id, address)
    limits.count_try(rt, counted)
    key, now = passkeys.answering_key(answer), instant_text(rt.now())
    challenge = _take_challenge(rt, visit)
    with rt.database.reading() as tx:
        known = factors.find_passkey(tx, key)
    if known is None or known.account != officer.id:
        raise PasskeyRefused
    after = passkeys.check_answer(
        place(rt), answer, challenge=challenge, public_key=known.public_key, sign_count=known.sign_count
    )
    with rt.database.transaction() as tx:
        # Another use between reading and writing: the same answer sent twice at once.
        if not factors.use_passkey(tx, key, before=known.sign_count, after=after, at=now):
            raise PasskeyRefused
    limits.forgive(rt, counted)
    limits.remember(rt, officer.id, address)


def _take_challenge(rt: Runtime, visit: Visit) -> bytes:
    """The question asked on the page; it is asked once, whatever comes of it.  Raises: PasskeyRefused."""
    asked, fresh = visit.session.challenge, rt.token(CHALLENGE_BYTES)
    with rt.database.transaction() as tx:
        if asked is None or not office_sessions.ask_anew(tx, visit.session.id, asked=asked, fresh=fresh):
            raise PasskeyRefused
    return asked
