"""The composition of the web: a Runtime in, a Flask application out."""

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from flask import Flask
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup, escape

from voting import resources
from voting.config import PARTS, Config
from voting.config_faults import ConfigFaults
from voting.core.errors import Broken
from voting.credentials.log_keys import LogKeys
from voting.credentials.paper_keys import PaperKeys
from voting.mail.smtp import Relay, sender
from voting.runtime import Runtime, system_clock, system_token
from voting.runtime import Site as Names
from voting.stamps.authority import Authority, NoAuthority, read_certificates
from voting.store.anchor import Anchors
from voting.store.schema import current, newest
from voting.store.transaction import Database
from voting.web import guard, languages
from voting.web.access import Audience, access, access_table
from voting.web.common import common
from voting.web.errors import add_error_pages
from voting.web.forms import FIELD, SETTINGS, FormCookie
from voting.web.headers import add_headers
from voting.web.member.asking import questions
from voting.web.member.contact import contact
from voting.web.member.views import member
from voting.web.public.ledger import ledger
from voting.web.public.views import public
from voting.web.public.witnesses import witnesses
from voting.web.secretariat import secretariat
from voting.web.sessions import CodeSessions, OfficeCookie, derive
from voting.web.site import EXTENSION, Site
from voting.web.uploads import TidyRequest

SHORTEST_SECRET = 32
_LARGEST_FORM = 64 * 1024  # bytes; an opinion of 2,000 characters takes 18 KiB at most
_SETTINGS = {
    "MAX_CONTENT_LENGTH": _LARGEST_FORM,
    "MAX_FORM_MEMORY_SIZE": _LARGEST_FORM,
    "SEND_FILE_MAX_AGE_DEFAULT": 365 * 24 * 3600,  # their addresses carry a digest
    "TEMPLATES_AUTO_RELOAD": False,
}
# A sentence of a template that holds neither a value nor a quotation mark.
_PLAIN = re.compile(r'\{\{ _\("([^"\\]*)"\) \}\}')
_PARTS = {"member": (member, questions, contact), "public": (public, ledger), "secretariat": (secretariat,)}


def create_app(rt: Runtime, *, secret: bytes, secure_cookies: bool, parts: Iterable[str] = PARTS) -> Flask:
    """The site.

    Shape   *secret* are at least 32 random bytes, the same for all processes of the site; *parts* are
            of PARTS.
    Raises  Broken for a short secret, an unknown part, or a view that does not say who may open it.
    """
    if len(secret) < SHORTEST_SECRET:
        raise Broken(f"the secret of the web is shorter than {SHORTEST_SECRET} bytes")
    app = Flask("voting", static_folder=str(resources.static()), template_folder=str(resources.templates()))
    app.request_class = TidyRequest
    app.config.update(_SETTINGS | SETTINGS)
    chosen = frozenset(parts)
    _prepare_templates(app, chosen)
    app.extensions["voting"] = rt
    app.secret_key = derive(secret, "forms")
    forms = app.session_interface = FormCookie(secure_cookies)
    app.extensions[EXTENSION] = Site(
        rt, CodeSessions(derive(secret, "session"), secure_cookies), OfficeCookie(secure_cookies), forms
    )
    app.jinja_env.globals[FIELD] = generate_csrf
    guard.add_guards(app)
    add_headers(app, secure=secure_cookies)
    add_error_pages(app)
    app.register_blueprint(common)
    app.register_blueprint(witnesses)
    for part in sorted(chosen):
        if part not in _PARTS:
            raise Broken(f"the web has no part {part!r}")
        for blueprint in _PARTS[part]:
            app.register_blueprint(blueprint)
    access(Audience.PUBLIC)(app.view_functions["static"])
    access_table(app)
    return app


def runtime(config: Config, *, any_shape: bool = False, make: bool = False) -> Runtime:
    """The runtime of a configured service.

    Raises  Broken where the database has another shape than this program was written for, unless
            *any_shape*: only a check or a migration may look at such a one; DatabaseMissing where there is
            none, unless a migration is to *make* it.
    """
    database = Database(config.database_url, must_exist=not make)
    if not any_shape and current(database) != newest():
        raise Broken("the database has another shape than this program; run: voting migrate")
    mail = config.mail
    return Runtime(
        clock=system_clock,
        token=system_token,
        database=database,
        keys=LogKeys(config.key_folder, config.passphrase),
        paper_keys=PaperKeys(config.key_folder, config.passphrase),
        anchors=Anchors(config.anchor_folder),
        send=sender(Relay(mail.host, mail.port, mail.tls, mail.user, mail.password)),
        site=Names(config.host, config.base_url, mail.sender),
        stamper=_stamper(config),
        kept_years=config.kept_years,
    )


def _stamper(config: Config) -> Authority | None:
    """The authority of the configuration.  Raises: ConfigFaults where its file holds no such certificate."""
    if config.tsa is None:
        return None
    try:
        return Authority(config.tsa.url, read_certificates(config.tsa.certificates))
    except NoAuthority as fault:
        raise ConfigFaults((f"tsa_certificate_file: {fault}",)) from fault


def _prepare_templates(app: Flask, parts: frozenset[str]) -> None:
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    # Japanese is the language of the templates; a catalogue can translate their sentences.
    env.add_extension("jinja2.ext.i18n")
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    env.add_extension(_PutIn)
    env.globals["_"] = untranslated
    env.filters["file_size"] = file_size
    env.globals["parts"] = parts
    env.globals["asset"] = _addresses(resources.static()).__getitem__
    languages.add_languages(app)


class _PutIn(Extension):
    """Puts every sentence without values into the template when it is compiled, not into each page.

    Looking them up page by page takes half of the time that a page takes.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        said = languages.english if self.environment.globals["language"] == "en" else untranslated
        return _PLAIN.sub(lambda found: str(escape(str(said(found[1])))), source)


def untranslated(text: str, /, **values: object) -> Markup:
    """The sentence itself, filled in; what is filled in is escaped, the sentence is the template's own."""
    return Markup(text) % values if values else Markup(text)


def file_size(size: int) -> str:
    """Bytes as a download's size is printed: 780 KB, 1.2 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)):,} KB"
    return f"{size / 1_000_000:,.1f} MB"


def _addresses(folder: Path) -> dict[str, str]:
    """The address of each static file, with a part of its digest: a new file has a new address."""
    return {
        (name := path.relative_to(folder).as_posix()): (
            f"/static/{name}?v={sha256(path.read_bytes()).hexdigest()[:12]}"
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
