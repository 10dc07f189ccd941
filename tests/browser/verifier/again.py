"""Tests that stand elsewhere, to be run once more where the page is asked as well."""

from collections.abc import Callable
from types import ModuleType

Test = Callable[..., None]


def asked_again(*modules: ModuleType) -> dict[str, Test]:
    """The tests of all *modules* by name; a name that stands twice would hide a test, so it is a fault."""
    found: dict[str, Test] = {}
    for module in modules:
        for name, value in vars(module).items():
            if name.startswith("test_") and callable(value):
                assert name not in found, name
                found[name] = value
    return found
