"""The language of a page: Japanese as written in the templates, or English from the catalogue.

A sentence is its own key.  ``locale/en/*.toml`` say it in English; a test fails where a template has a
sentence without one.  Templates are compiled once for each language.
"""

import re
import tomllib
from collections import ChainMap
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from flask import Flask, Response, after_this_request, current_app, g, has_request_context, request
from jinja2 import Environment
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as AnyResponse

import voting.i18n
from voting.core.japanese_dates import JST, last_minute

LANGUAGES = voting.i18n.LANGUAGES
COOKIE = "language"
A_YEAR = 365 * 24 * 3600
# What a language calls itself.
NAMES = {"ja": "日本語", "en": "English"}
# What stands for a title, a name or a document's words, which no language but their own has.
_GIVEN = Markup(' lang="ja"')
# A name or a clause in a sentence: Japanese letters, and figures between them.
_LETTER = "[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_RUN = re.compile(f"{_LETTER}(?:[0-9０-９]*{_LETTER})*")
_EXTENSION = "voting-english"
_FOLDER = Path(voting.i18n.__file__).parent / "locale" / "en"


@cache
def sentences() -> Mapping[str, str]:
    """English by Japanese."""
    found: dict[str, str] = {}
    for file in sorted(_FOLDER.glob("*.toml")):
        found |= tomllib.loads(file.read_text("utf-8"))
    return found


def language() -> str:
    """The language that this visitor chose; Japanese where nothing was chosen."""
    if not has_request_context():
        return "ja"
    chosen = g.get(COOKIE) or request.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else "ja"


def keep(response: AnyResponse, chosen: str) -> None:
    """Remember the language on this browser."""
    response.set_cookie(COOKIE, chosen, max_age=A_YEAR, path="/", httponly=True, samesite="Lax")


def choose(chosen: str) -> bool:
    """Answer this request in *chosen* already, and remember it; False and nothing where it is no language."""
    if chosen not in LANGUAGES:
        return False
    g.language = chosen

    @after_this_request
    def _remember(response: Response) -> Response:
        keep(response, chosen)
        return response

    return True


def here() -> str:
    """The page to come back to in another language; empty for one that answers a form."""
    return request.path if request.method in ("GET", "HEAD") else ""


def N_(sentence: str) -> str:
    """Mark a sentence of the program for the catalogue; it is put into words where it is printed."""
    return sentence


def say(sentence: str, /, **values: object) -> str:
    """A marked sentence in the visitor's language, filled in."""
    text = sentences().get(sentence, sentence) if language() == "en" else sentence
    return text % values if values else text


def english(text: str, /, **values: object) -> Markup:
    """The catalogue's sentence, filled in; what is filled in is escaped."""
    said = Markup(sentences().get(text, text))
    return said % values if values else said


def add_languages(app: Flask) -> None:
    """Call when filters and globals of the Japanese templates are set; later ones are seen as well."""
    env = app.jinja_env
    env.globals |= {"language": "ja", "other_language": "en", "language_names": NAMES, "as_given": ""}
    env.filters |= _filters("ja") | {"given": _as_it_is, "mixed": _as_it_is}
    other = env.overlay(cache_size=400)
    # Views onto those of the Japanese ones: what an extension adds later holds for both.
    own = {"_": english, "language": "en", "other_language": "ja", "as_given": _GIVEN}
    own_filters = _filters("en") | {"given": _given, "mixed": _mixed}
    other.globals = ChainMap(own, env.globals)  # type: ignore[assignment]
    other.filters = ChainMap(own_filters, env.filters)  # type: ignore[assignment]
    app.extensions[_EXTENSION] = other


def environment() -> Environment:
    """The templates in the visitor's language."""
    if language() == "en":
        found: Environment = current_app.extensions[_EXTENSION]
        return found
    return current_app.jinja_env


def _as_it_is(text: object) -> object:
    return text


def _mixed(text: object) -> Markup:
    """A sentence in which names and clauses are in their own language."""
    return Markup(_RUN.sub(lambda found: f'<span lang="ja">{found[0]}</span>', str(escape(text))))


def _given(text: object) -> Markup:
    """A title or a name inside a sentence of another language."""
    return Markup('<span lang="ja">%s</span>') % text if text else Markup("")


def _filters(name: str) -> dict[str, object]:
    def instant(at: datetime) -> str:
        return voting.i18n.instant_words(at, name)

    def deadline(at: datetime) -> str:
        # As the notice prints it: the same close must not be another day on the screen.
        return voting.i18n.instant_words(last_minute(at), name)

    def opening(at: datetime) -> str:
        # A period that begins with a day is printed by the day alone, as in the notice.
        local = at.astimezone(JST)
        return day(local.date()) if local.time() == time(0) else instant(at)

    def day(at: date) -> str:
        return voting.i18n.day_words(at, name)

    def word(code: str) -> str:
        return voting.i18n.word(code, name)

    return {"instant": instant, "deadline": deadline, "opening": opening, "day": day, "word": word}
