"""Templates and migrations are found in a wheel and in a checkout alike."""

from pathlib import Path

import pytest

from voting import resources


def folders(*names: Path) -> None:
    for name in names:
        name.mkdir(parents=True)


def test_a_wheel_carries_its_templates_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "voting"
    folders(package / "templates")

    assert resources.resource("templates", package=package) == package / "templates"


def test_a_checkout_keeps_its_templates_beside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "voting"
    folders(package, tmp_path / "templates")

    assert resources.resource("templates", package=package) == tmp_path / "templates"


def test_a_foreign_folder_beside_an_installed_package_does_not_hide_our_own(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "voting"
    folders(package / "static", tmp_path / "site-packages" / "static")

    assert resources.resource("static", package=package) == package / "static"


def test_an_incomplete_installation_says_which_folder_is_missing(tmp_path: Path) -> None:
    package = tmp_path / "voting"
    folders(package)

    with pytest.raises(FileNotFoundError, match="'migrations'"):
        resources.resource("migrations", package=package)


def test_the_checkout_has_its_own_templates_and_migrations() -> None:
    root = Path(__file__).resolve().parent.parent

    assert resources.templates() == root / "templates"
    assert resources.migrations() == root / "migrations"
    assert resources.static() == root / "static"
