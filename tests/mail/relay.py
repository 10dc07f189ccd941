"""A real mail relay for tests, on the loopback, that can be told to misbehave."""

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
USER, PASSWORD = "office", "opensesame"


@dataclass(frozen=True, slots=True)
class Taken:
    """One mail that reached the relay.  Shape: ``raw`` is the message as it came over the line."""

    sender: str
    to: tuple[str, ...]
    raw: bytes
    encrypted: bool

    @property
    def message(self) -> EmailMessage:
        message = message_from_bytes(self.raw, policy=SMTP_POLICY)
        if not isinstance(message, EmailMessage):
            raise TypeError("the policy makes EmailMessages")
        return message


@dataclass
class FakeRelay:
    """What the relay took, and how it is to answer.

    Shape   ``to_address``, ``to_data`` and ``to_quit`` replace its answers "250 OK" and "221 Bye";
            an answer None to data hangs up instead, the mail being taken.
    """

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    to_address: dict[str, str] = field(default_factory=dict)
    to_data: Callable[[Taken], str | None] = lambda taken: "250 OK"
    to_quit: str = "221 Bye"

    def ids(self) -> list[str]:
        """The Message-IDs of what was taken, in order."""
        return [str(each.message["Message-ID"]) for each in self.taken]

    def bodies(self) -> str:
        return "\n".join(each.message.get_content() for each in self.taken)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.to_address.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw = envelope.original_content or b""
        transport = server.transport
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("an open connection has a transport")
        encrypted = transport.get_extra_info("sslcontext") is not None
        taken = Taken(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw, encrypted)
        answer = self.to_data(taken)
        if answer is None or answer.startswith("250"):
            self.taken.append(taken)
        if answer is None:
            transport.abort()
            await asyncio.Event().wait()  # the lost connection ends this
        return str(answer)

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.to_quit


@contextmanager
def relay(
    *, tls: ssl.SSLContext | None = None, from_the_start: bool = False, log_in: bool = False
) -> Iterator[FakeRelay]:
    """A relay that listens as long as the block lives.

    Where *tls* is given it offers STARTTLS, or is encrypted *from_the_start*.
    """
    fake = FakeRelay()
    loop = asyncio.new_event_loop()

    def serve() -> SMTP:
        return SMTP(
            fake,
            hostname="relay.example",
            loop=loop,
            tls_context=None if from_the_start else tls,
            authenticator=_authenticate,
            auth_required=log_in,
        )

    # All in a thread of its own: a browser of another test may have left a loop at work in this one.
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    opening = loop.create_server(serve, HOST, 0, ssl=tls if from_the_start else None)
    server = asyncio.run_coroutine_threadsafe(opening, loop).result()
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server) -> None:
    """Close, and end the conversations of clients that left without a word."""
    server.close()
    await server.wait_closed()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    right = data == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def self_signed(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A relay's TLS with a certificate that nobody vouches for, and the file of the certificate."""
    key = ec.derive_private_key(0x5EED, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "relay.example")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.fromisoformat("2020-01-01T00:00:00+00:00"))
        .not_valid_after(datetime.fromisoformat("2100-01-01T00:00:00+00:00"))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    public, private = folder / "relay.pem", folder / "relay.key.pem"
    public.write_bytes(certificate.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
