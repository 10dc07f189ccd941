"""Passkeys (WebAuthn): what the browser is asked for, and whether its answer holds.

User verification is required, attestation is not asked for.  Source: trust.md.
"""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from voting.core.errors import Refusal

CHALLENGE_BYTES = 32


@dataclass(eq=False)
class PasskeyRefused(Refusal):
    """The browser's answer does not hold: another site, another key, an old question, a copied key."""

    code: ClassVar[str] = "passkey-refused"


@dataclass(frozen=True, slots=True)
class Place:
    """The site a passkey belongs to.  Shape: ``origin`` is https://host[:port]."""

    origin: str
    name: str

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""

    @property
    def can_have_passkeys(self) -> bool:
        """Browsers make none for an address that is a number."""
        return not self.host.replace(".", "").isdigit() and ":" not in self.host


@dataclass(frozen=True, slots=True)
class Registered:
    """Shape: ``id`` in base64url, ``public_key`` in COSE."""

    id: str
    public_key: bytes
    sign_count: int


def creation_options(
    place: Place, *, account: str, person: str, challenge: bytes, known: tuple[str, ...]
) -> str:
    """JSON for ``navigator.credentials.create``."""
    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name=place.name,
        user_id=account.encode(),
        user_name=account,
        user_display_name=person,
        challenge=challenge,
        exclude_credentials=[PublicKeyCredentialDescriptor(base64url_to_bytes(each)) for each in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return webauthn.options_to_json(options)


def request_options(place: Place, *, challenge: bytes, known: tuple[str, ...]) -> str:
    """JSON for ``navigator.credentials.get``."""
    options = webauthn.generate_authentication_options(
        rp_id=place.host,
        challenge=challenge,
        allow_credentials=[PublicKeyCredentialDescriptor(base64url_to_bytes(each)) for each in known],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def check_creation(place: Place, answer: str, *, challenge: bytes) -> Registered:
    """Raises: PasskeyRefused."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as fault:
        raise PasskeyRefused from fault
    return Registered(bytes_to_base64url(made.credential_id), made.credential_public_key, made.sign_count)


def answering_key(answer: str) -> str:
    """The id, in base64url, of the passkey that an answer claims to come from.  Raises: PasskeyRefused."""
    try:
        return bytes_to_base64url(webauthn.helpers.parse_authentication_credential_json(answer).raw_id)
    except (WebAuthnException, ValueError, KeyError, TypeError) as fault:
        raise PasskeyRefused from fault


def check_answer(place: Place, answer: str, *, challenge: bytes, public_key: bytes, sign_count: int) -> int:
    """The new count of signatures.  Raises: PasskeyRefused."""
    try:
        held = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as fault:
        raise PasskeyRefused from fault
    return held.new_sign_count
