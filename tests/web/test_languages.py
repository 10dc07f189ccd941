"""Every sentence of every page is there in English, and says the same values."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

import voting.i18n
from voting import resources
from voting.web import languages
from voting.web.languages import english, say, sentences

WEB = Path(languages.__file__).parent
SENTENCE = re.compile(r'_\("((?:[^"\\]|\\.)*)"')
VALUE = re.compile(r"%\((\w+)\)[sd]")


def templates() -> Iterator[Path]:
    yield from sorted(resources.templates().rglob("*.html"))


def of_templates() -> set[str]:
    return {found for path in templates() for found in SENTENCE.findall(path.read_text("utf-8"))}


def of_programs() -> set[str]:
    """The sentences that the modules of the web mark with ``N_``."""
    return {
        node.args[0].value
        for path in WEB.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "N_"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_sentence_is_there_in_english() -> None:
    assert sorted((of_templates() | of_programs()) - set(sentences())) == []


def test_no_sentence_is_left_over() -> None:
    assert sorted(set(sentences()) - of_templates() - of_programs()) == []


@pytest.mark.parametrize("japanese", sorted(sentences()))
def test_the_english_sentence_names_the_same_values(japanese: str) -> None:
    text = sentences()[japanese]

    assert sorted(VALUE.findall(text)) == sorted(VALUE.findall(japanese))
    assert text.isascii() or not re.search(r"[ぁ-んァ-ヶ一-龠]", text)


def test_no_template_says_anything_outside_of_a_sentence() -> None:
    """Japanese that is not in ``_()`` would stay Japanese on an English page."""
    for path in templates():
        bare = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.S)
        rest = SENTENCE.sub("", bare)
        assert re.findall(r"[ぁ-んァ-ヶ一-龠]+", rest) == [], path.name


def test_what_is_filled_in_is_escaped_in_english_as_well(app: Flask) -> None:
    said = english("%(act)sを申請する", act="<b>")

    assert str(said) == "Propose: &lt;b&gt;"


def test_the_language_of_a_sentence_is_the_visitors(app: Flask) -> None:
    with app.test_request_context():
        assert say("%(act)sを申請する", act="集計") == "集計を申請する"
    with app.test_request_context(headers={"Cookie": "language=en"}):
        assert say("%(act)sを申請する", act="the count") == "Propose: the count"
    with app.test_request_context(headers={"Cookie": "language=tlh"}):
        assert languages.language() == "ja"


def test_no_sentence_is_translated_twice() -> None:
    """One would hide the other, depending on the names of the files."""
    twice, seen = [], dict[str, str]()
    for file in sorted((Path(voting.i18n.__file__).parent / "locale" / "en").glob("*.toml")):
        for sentence in tomllib.loads(file.read_text("utf-8")):
            if sentence in seen:
                twice.append((sentence, seen[sentence], file.name))
            seen[sentence] = file.name

    assert twice == []
