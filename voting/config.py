"""The configuration: from the environment or from one TOML file, all faults reported at once.

Each key may stand in the file as ``key = value`` or in the environment as ``VOTING_KEY``, which
prevails.  Secrets are never values here, only names of files that hold them.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from voting.addresses import UNIX, NoAddress, host_and_port
from voting.config_faults import ConfigFaults

# Key -> what it is; the order is that of docs/operations.md, and a test keeps the two alike.
KEYS: Mapping[str, str] = MappingProxyType(
    {
        "folder": "folder of the data; the next four keys default to places inside it",
        "database_url": "sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME",
        "key_folder": "folder of the ledgers' keys, encrypted",
        "anchor_folder": "folder of the anchors, on another volume where there is one",
        "passphrase_file": "file whose first line opens the keys",
        "secret_file": "file of 32 or more random bytes that seal the members' cookies",
        "base_url": "address of the site as members type it, https://…",
        "host": "name at the beginning of every ledger's origin; default: that of base_url",
        "mail_from": "sender of all mails",
        "smtp_host": "mail relay",
        "smtp_port": "its port; default 587",
        "smtp_tls": "starttls, tls or none; default starttls",
        "smtp_user": "user at the relay, where it asks for one",
        "smtp_password_file": "file whose first line is that user's password",
        "tsa_url": "time-stamping authority (RFC 3161), http:// or https://; default: no time-stamps",
        "tsa_certificate_file": "PEM file: its certificate, and those that issued it up to the root",
        "kept_years": "whole years that votes are kept after the certification; default 3",
        "listen": "address of the web server; default 127.0.0.1:8000",
        "workers": "number of its processes; default 2",
        "parts": "parts of the site served: member, public, secretariat, with commas; default all three",
    }
)
_ADDRESS = re.compile(r"[\x21-\x7e]*")
# It begins the name of every key of a ledger (``ledger.note.require_name``) and a path of the C2SP layout.
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
_NUMBERS = frozenset({"smtp_port", "kept_years", "workers"})

# The parts of the site: one may be served alone, on another host or another name.
PARTS = ("member", "public", "secretariat")


@dataclass(frozen=True, slots=True, repr=False)
class Mail:
    """How mails leave.  Shape: as ``mail.smtp.Relay``."""

    sender: str
    host: str
    port: int
    tls: str
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Tsa:
    """Where time-stamps come from.  Shape: as ``stamps.authority.Authority``; ``certificates`` is PEM."""

    url: str
    certificates: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Config:
    database_url: str
    key_folder: Path
    anchor_folder: Path
    passphrase: bytes
    secret: bytes
    base_url: str
    host: str
    mail: Mail
    tsa: Tsa | None
    kept_years: int
    listen: str
    workers: int
    parts: tuple[str, ...]


def read_config(environ: Mapping[str, str]) -> Config:
    """The configuration.  Raises: ConfigFaults with everything that is wrong."""
    faults: list[str] = []
    settings = _settings(environ, faults)
    folder = Path(settings.get("folder", ""))
    if not settings.get("folder"):
        faults.append("folder: is not set (VOTING_FOLDER, or folder = … in the file of VOTING_CONFIG)")

    base_url = settings.get("base_url", "").rstrip("/")
    parts = _address(base_url)
    is_odd = parts.query or parts.fragment or not _ADDRESS.fullmatch(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or is_odd:
        faults.append("base_url: is not an address like https://vote.example.or.jp")
    elif parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost"):
        faults.append("base_url: http is for this machine only; members need https")
    if not settings.get("mail_from"):
        faults.append("mail_from: is not set")
    elif not _is_sender(settings["mail_from"]):
        faults.append("mail_from: is not one address like 事務局 <office@example.or.jp>")
    host = settings.get("host") or parts.hostname or ""
    if host and not _HOST.fullmatch(host):
        faults.append("host: is not a name like vote.example.or.jp (no blank, plus or slash)")
    if not settings.get("smtp_host"):
        faults.append("smtp_host: is not set")
    tls = settings.get("smtp_tls", "starttls")
    if tls not in ("starttls", "tls", "none"):
        faults.append("smtp_tls: is none of starttls, tls, none")
    user = settings.get("smtp_user", "")
    password_file = settings.get("smtp_password_file")
    if bool(user) != bool(password_file):
        faults.append("smtp_user, smtp_password_file: give both or neither")
    password = _text("smtp_password_file", Path(password_file), faults) if password_file else ""

    config = Config(
        database_url=settings.get("database_url") or f"sqlite:///{folder / 'voting.db'}",
        key_folder=_folder("key_folder", settings, folder / "keys", faults),
        anchor_folder=_folder("anchor_folder", settings, folder / "anchors", faults),
        passphrase=_line(
            "passphrase_file", Path(settings.get("passphrase_file") or folder / "passphrase"), faults
        ),
        secret=_secret(Path(settings.get("secret_file") or folder / "secret"), faults),
        base_url=base_url,
        host=host,
        mail=Mail(
            sender=settings.get("mail_from", ""),
            host=settings.get("smtp_host", ""),
            port=_number("smtp_port", settings, 587, 65535, faults),
            tls=tls,
            user=user,
            password=password,
        ),
        tsa=_tsa(settings, faults),
        kept_years=_number("kept_years", settings, 3, 100, faults),
        listen=_listen(settings, faults),
        workers=_number("workers", settings, 2, 64, faults),
        parts=_parts(settings, faults),
    )
    if not config.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
        faults.append("database_url: is neither sqlite:///FILE nor postgresql+psycopg://…")
    elif _address(config.database_url).password is not None:
        faults.append("database_url: holds a password; it belongs into the file of PGPASSFILE")
    if faults:
        raise ConfigFaults(tuple(faults))
    return config


def _tsa(settings: Mapping[str, str], faults: list[str]) -> Tsa | None:
    url, file = settings.get("tsa_url", ""), settings.get("tsa_certificate_file", "")
    if bool(url) != bool(file):
        faults.append("tsa_url, tsa_certificate_file: give both or neither")
    if not url or not file:
        return None
    parts = _address(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        faults.append("tsa_url: is not an address like https://tsa.example.or.jp/")
    try:
        certificates = Path(file).read_bytes()
    except OSError as fault:
        faults.append(f"tsa_certificate_file: {file} cannot be read: {fault.strerror}")
        return None
    return Tsa(url, certificates)


def _address(url: str) -> SplitResult:
    """The parts of *url*; all empty where it is none."""
    try:
        parts = urlsplit(url)
        # A port that is no number shows only when it is asked for.
        return urlsplit("") if parts.port == 0 else parts
    except ValueError:
        return urlsplit("")


def _settings(environ: Mapping[str, str], faults: list[str]) -> dict[str, str]:
    """File first, environment over it; unknown keys are faults."""
    found: dict[str, str] = {}
    file = environ.get("VOTING_CONFIG")
    if file:
        try:
            content = tomllib.loads(Path(file).read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
            # What the file would have said is not known: nothing else is called missing beside it.
            why = fault.strerror if isinstance(fault, OSError) else fault
            raise ConfigFaults((f"VOTING_CONFIG: {file} cannot be read: {why}",)) from fault
        for key, value in content.items():
            if key not in KEYS:
                faults.append(f"{key}: is no key of the configuration")
            elif isinstance(value, bool) or not isinstance(value, str | int):
                faults.append(f"{key}: is neither text nor a whole number")
            elif isinstance(value, int) and key not in _NUMBERS:
                faults.append(f"{key}: is a number, and has to be text in quotation marks")
            else:
                found[key] = str(value)
    for name, value in environ.items():
        key = name.removeprefix("VOTING_").lower()
        if name.startswith("VOTING_") and key not in KEYS and name != "VOTING_CONFIG":
            faults.append(f"{name}: is no key of the configuration")
        elif name.startswith("VOTING_") and name != "VOTING_CONFIG":
            found[key] = value
    return found


def _folder(key: str, settings: Mapping[str, str], default: Path, faults: list[str]) -> Path:
    folder = Path(settings.get(key) or default)
    if not folder.is_dir():
        # An anchor made anew would forget what was signed: its folder is brought back, never replaced.
        remedy = "mount its volume or correct the path" if key == "anchor_folder" else "voting setup makes it"
        faults.append(f"{key}: there is no folder {folder} ({remedy})")
    return folder


def _line(key: str, file: Path, faults: list[str]) -> bytes:
    try:
        lines = file.read_bytes().splitlines()
    except OSError as fault:
        faults.append(f"{key}: {file} cannot be read: {fault.strerror}")
        return b""
    if not lines or not lines[0]:
        faults.append(f"{key}: the first line of {file} is empty")
        return b""
    return lines[0]


def _text(key: str, file: Path, faults: list[str]) -> str:
    try:
        return _line(key, file, faults).decode("utf-8")
    except UnicodeDecodeError:
        faults.append(f"{key}: the first line of {file} is not UTF-8")
        return ""


def _listen(settings: Mapping[str, str], faults: list[str]) -> str:
    address = settings.get("listen", "127.0.0.1:8000")
    if not address.startswith(UNIX):
        try:
            host_and_port(address)
        except NoAddress as fault:
            faults.append(f"listen: {fault}")
    return address


def _is_sender(text: str) -> bool:
    """Whether *text* is one address, with or without a name before it."""
    # Loaded where it is needed: a command that sends nothing has no use for it.
    from email.utils import getaddresses

    found = getaddresses([text])
    address = found[0][1] if len(found) == 1 else ""
    return text.isprintable() and _MAIL.fullmatch(address) is not None


def _secret(file: Path, faults: list[str]) -> bytes:
    try:
        secret = file.read_bytes()
    except OSError as fault:
        faults.append(f"secret_file: {file} cannot be read: {fault.strerror}")
        return b""
    if len(secret) < 32:
        faults.append(f"secret_file: {file} holds fewer than 32 bytes")
    return secret


def _parts(settings: Mapping[str, str], faults: list[str]) -> tuple[str, ...]:
    text = settings.get("parts", ",".join(PARTS))
    parts = tuple(each.strip() for each in text.split(","))
    if not set(parts) <= set(PARTS):
        faults.append(f"parts: is not made of {', '.join(PARTS)}")
    return parts


def _number(key: str, settings: Mapping[str, str], default: int, most: int, faults: list[str]) -> int:
    text = settings.get(key, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 0 < int(text) <= most):
        faults.append(f"{key}: is no whole number from 1 to {most}")
        return default
    return int(text)
