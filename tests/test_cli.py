"""The table of commands in voting/cli: each command is found in the module that is said to have it."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import voting.cli
from voting.cli import PARTS, _parser, main


@pytest.mark.parametrize("part", PARTS)
def test_a_module_has_exactly_the_commands_it_is_listed_with(part: str) -> None:
    commands = argparse.ArgumentParser().add_subparsers()
    import_module(f"voting.cli.{part}").add(commands)

    assert tuple(commands.choices) == PARTS[part]


def test_without_a_command_all_of_them_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0

    printed = capsys.readouterr().out
    listed = {line.split()[0] for line in printed.splitlines() if line.startswith("    ")}
    assert {command for commands in PARTS.values() for command in commands} <= listed


def test_a_command_that_is_none_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["cuont"])

    assert stopped.value.code == 2
    assert "count" in capsys.readouterr().err


@pytest.mark.parametrize("part", ["voting.cli", "voting.config", "voting.cli.demo", "voting.app"])
def test_ctrl_c_while_libraries_are_loaded_ends_without_a_trace(part: str) -> None:
    """The process interrupts itself in the middle of loading *part*."""
    program = (
        "import os, runpy, sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {part!r}:\n"
        f"            os.kill(os.getpid(), {int(signal.SIGINT)})\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "sys.argv = ['voting', 'demo', '--port', '8639']\n"
        "runpy.run_module('voting', run_name='__main__', alter_sys=True)\n"
    )
    root = str(Path(voting.cli.__file__).parents[2])
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
    )

    # Python itself ends by the signal where a piece of text was being compiled; a shell shows 130 for both.
    assert ended.returncode in (130, -signal.SIGINT)
    assert (ended.stdout, ended.stderr) == ("", "")


def _without_help(parser: argparse.ArgumentParser, path: str) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _without_help(below, f"{path} {name}")
        elif not action.help:
            yield f"{path} {'/'.join(action.option_strings) or action.dest}"


def test_every_option_and_argument_of_every_command_says_what_it_is() -> None:
    assert list(_without_help(_parser(""), "voting")) == []
