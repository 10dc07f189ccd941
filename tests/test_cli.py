"""The table of commands in voting/cli: each command is found in the module that is said to have it."""

import argparse
from importlib import import_module

import pytest

from voting.cli import PARTS, main


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
