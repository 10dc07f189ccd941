"""The language of a page: Japanese as written in the templates, or English from the catalogue.

A sentence is its own key.  ``locale/en/*.toml`` say it in English; a test fails where a template that is
offered in English has a sentence without one.  Templates are compiled once for each language.
"""

import tomllib
from collections import ChainMap
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from flask import Flask, current_app, has_request_context, request
from jinja2 import Environment
from markupsafe import Markup

import voting.i18n
from voting.core.japanese_dates import JST, last_minute

LANGUAGES = voting.i18n.LANGUAGES
COOKIE = "language"
A_YEAR = 365 * 24 * 3600
# Folders of templates that the catalogue covers completely, with what they include.
IN_ENGLISH = ("secretariat/",)
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
    chosen = request.cookies.get(COOKIE, "") if has_request_context() else ""
    return chosen if chosen in LANGUAGES else "ja"


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
    env.globals["language"] = "ja"
    env.filters |= _filters("ja")
    other = env.overlay(cache_size=400)
    # Views onto those of the Japanese ones: what an extension adds later holds for both.
    other.globals = ChainMap({"_": english, "language": "en"}, env.globals)  # type: ignore[assignment]
    other.filters = ChainMap(_filters("en"), env.filters)  # type: ignore[assignment]
    app.extensions[_EXTENSION] = other


def environment(template: str) -> Environment:
    """The templates in the visitor's language, where *template* is offered in it."""
    if language() == "en" and template.startswith(IN_ENGLISH):
        found: Environment = current_app.extensions[_EXTENSION]
        return found
    return current_app.jinja_env


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
