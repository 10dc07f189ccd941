"""The house rules that imports and linters cannot see.

Who may import whom is checked by import-linter (setup.cfg). Each rule here is a function from a parsed module
to the lines that break it, shown first to see what it is there to see, then turned upon the whole tree.
"""

import ast
import configparser
import glob
from collections.abc import Callable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
VOTING = ROOT / "voting"
MODULES = sorted(VOTING.rglob("*.py"))

Rule = Callable[[ast.AST], Iterator[int]]


@cache
def parsed(path: Path) -> ast.Module:
    """A module of the tree, for the rules that each go through all of them."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree))


def calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Attribute]:
    """Every called ``x.name`` with one of these *names*: methods, and functions of a module."""
    for node in nodes(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node.func


CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}

# Whoever asks the Runtime does it right, whatever the field is called.
RUNTIMES = {"rt", "runtime"}


def clock_readings(tree: ast.AST) -> Iterator[int]:
    """Lines that ask for the time, or hand on the means to: ``datetime.now`` without a call is one, too."""
    for call in calls(tree, {"now", "utcnow", "today"}):
        if ast.unparse(call.value).rsplit(".", 1)[-1] not in RUNTIMES:
            yield call.lineno
    for node in nodes(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCKS:
            yield node.lineno


def transaction_control(tree: ast.AST) -> Iterator[int]:
    """Lines that begin or end a transaction."""
    return (call.lineno for call in calls(tree, {"begin", "commit", "rollback"}))


def asserts(tree: ast.AST) -> Iterator[int]:
    """Lines that state a rule in a way that ``python -O`` removes."""
    return (node.lineno for node in nodes(tree) if isinstance(node, ast.Assert))


def floats(tree: ast.AST) -> Iterator[int]:
    """Lines with a number that cannot be exact."""
    for node in nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
            yield node.lineno


def swallowed_faults(tree: ast.AST) -> Iterator[int]:
    """Lines where any fault at all is caught and nothing is done about it."""
    for node in nodes(tree):
        if isinstance(node, ast.ExceptHandler):
            silent = all(isinstance(each, ast.Pass) or is_ellipsis(each) for each in node.body)
            if silent and (node.type is None or is_everything(node.type)):
                yield node.lineno
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            yield from (each.lineno for each in node.args if is_everything(each))


def is_ellipsis(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and statement.value.value is ...
    )


def is_everything(caught: ast.expr) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(
        ast.unparse(each).removeprefix("builtins.") in {"Exception", "BaseException"} for each in names
    )


def unfinished(tree: ast.AST) -> Iterator[int]:
    """Lines that put work off."""
    return (
        node.lineno for node in nodes(tree) if isinstance(node, ast.Name) and node.id == "NotImplementedError"
    )


SEEN = [
    (clock_readings, "from datetime import datetime\nnow = datetime.now(UTC)"),
    (clock_readings, "import datetime\nnow = datetime.datetime.utcnow()"),
    (clock_readings, "rt = \\\n    Runtime(clock=datetime.now)"),
    (clock_readings, "columns = 1\nColumn(server_default=func.now())"),
    (clock_readings, "day = 1\nday = date.today()"),
    (transaction_control, "x = 1\nsession.commit()"),
    (transaction_control, "x = 1\nwith engine.begin() as connection: ..."),
    (asserts, "def f(x):\n    assert x"),
    (floats, "x = 1\nhalf = 0.5"),
    (floats, "x = 1\nhalf = float(x)"),
    (swallowed_faults, "try: f()\nexcept: pass"),
    (swallowed_faults, "try: f()\nexcept (OSError, Exception):\n    ..."),
    (swallowed_faults, "x = 1\nwith contextlib.suppress(Exception): f()"),
    (unfinished, "def f():\n    raise NotImplementedError"),
]

NOT_SEEN = [
    (
        clock_readings,
        "now = rt.clock()\nnow = scene.rt.now()\nlate = page.now > closes_at\nassembly.today",
    ),
    (transaction_control, "with rt.transaction() as tx: store.put(tx, ballot)"),
    (asserts, "if not x: raise Broken()"),
    (floats, "half = Fraction(1, 2)"),
    (swallowed_faults, "try: f()\nexcept Missing: pass"),
    (swallowed_faults, "try: f()\nexcept Exception as fault: log(fault)"),
    (unfinished, "raise Refusal"),
]


@pytest.mark.parametrize(("rule", "source"), SEEN)
def test_each_rule_sees_what_it_forbids(rule: Rule, source: str) -> None:
    assert 2 in set(rule(ast.parse(source)))


@pytest.mark.parametrize(("rule", "source"), NOT_SEEN)
def test_no_rule_sees_ghosts(rule: Rule, source: str) -> None:
    assert list(rule(ast.parse(source))) == []


def breaches(rule: Rule, *, within: str = "", except_in: str = "") -> list[str]:
    """ "path:line" of everything *rule* finds under voting/*within*, apart from the module *except_in*."""
    return [
        f"{path.relative_to(ROOT)}:{line}"
        for path in MODULES
        if path.is_relative_to(VOTING / within) and path != VOTING / except_in
        for line in rule(parsed(path))
    ]


def test_only_one_module_reads_the_clock() -> None:
    assert breaches(clock_readings, except_in="system.py") == []


def test_only_one_module_begins_and_ends_transactions() -> None:
    assert breaches(transaction_control, except_in="store/transaction.py") == []


def test_no_rule_is_an_assert_statement() -> None:
    assert breaches(asserts) == []


def test_the_core_counts_without_floating_point() -> None:
    assert breaches(floats, within="core") == []


def test_no_fault_is_swallowed() -> None:
    assert breaches(swallowed_faults) == []


def test_nothing_is_left_unfinished() -> None:
    assert breaches(unfinished) == []


def test_no_module_is_longer_than_a_reader_keeps_in_mind() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in MODULES}

    assert {str(path): length for path, length in lengths.items() if length > 300} == {}


def setup_cfg() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def package_folders() -> dict[str, Path]:
    """The listed packages and where package_dir puts them."""
    options = setup_cfg()["options"]
    places = dict(line.split(" = ") for line in options["package_dir"].split("\n") if line)
    folders = {}
    for name in options["packages"].split():
        top = max((each for each in places if f"{name}.".startswith(f"{each}.")), key=len)
        folders[name] = ROOT / places[top] / name.removeprefix(top).lstrip(".").replace(".", "/")
    return folders


def test_every_folder_with_modules_is_a_package_of_the_wheel() -> None:
    there = {path.parent for top in (VOTING, ROOT / "migrations") for path in top.rglob("*.py")}

    assert there - set(package_folders().values()) == set()


def test_every_other_file_is_packed_into_the_wheel() -> None:
    packed = set()
    for name, patterns in setup_cfg()["options.package_data"].items():
        folder = package_folders()[name]
        for pattern in patterns.split():
            packed |= {folder / found for found in glob.glob(pattern, root_dir=folder, recursive=True)}

    there = {
        path
        for top in (VOTING, *(ROOT / name for name in ("migrations", "static", "templates")))
        for path in top.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }

    assert sorted(str(path.relative_to(ROOT)) for path in there - packed) == []


# Folders and subjects of tests that are about the whole rather than about one module.
WHOLE = {"browser", "journeys", "old", "vectors", "interop", "frauds"}
SUBJECTS = {
    "access_table",
    "gallery",
    "acts",
    "attacks",
    "crashes",
    "retries",
    "delivery",
    "properties",
    "r12",
    "two_counts_agree",
    "vectors",
    "writers",
}


def strays(tests: Path, voting: Path) -> list[str]:
    """Tests whose name does not tell which module they are about: tests/X/test_y.py is about y.py in voting/X
    or in one of its packages, or, as test_y_something.py, about one side of it.
    """
    found = []
    for path in sorted(tests.rglob("test_*.py")):
        folder = path.parent.relative_to(tests)
        if folder == Path() or folder.parts[0] in WHOLE:
            continue
        subject = path.stem.removeprefix("test_")
        about = {each.stem for each in (voting / folder).rglob("*") if each.suffix in {"", ".py"}} | SUBJECTS
        if not any(subject == each or subject.startswith(f"{each}_") for each in about):
            found.append(str(path.relative_to(tests)))
    return found


def test_the_tests_stand_where_the_modules_stand() -> None:
    assert strays(ROOT / "tests", VOTING) == []


def test_a_test_of_no_module_is_noticed(tmp_path: Path) -> None:
    for name in (
        "voting/core/tally.py",
        "tests/core/test_tally_ties.py",
        "tests/core/test_talk.py",
        "tests/cor/test_tally.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    assert strays(tmp_path / "tests", tmp_path / "voting") == ["cor/test_tally.py", "core/test_talk.py"]


def imports(path: Path, names: dict[str, Path]) -> set[str]:
    """The modules of ours that one imports when it is loaded."""
    found = set()
    for node in parsed(path).body:
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {f"{node.module}.{each.name}" for each in node.names} | {node.module}
        elif isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
    return found & names.keys()


def test_no_module_waits_for_itself() -> None:
    """Each can be imported alone: in which order others came before makes no difference."""
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in MODULES
    }
    # A module of a package loads the package first; what a package hands on from its modules is no circle.
    graph = {
        name: {each for each in imports(path, names) if not name.startswith(f"{each}.")} - {name}
        for name, path in names.items()
        if path.name != "__init__.py"
    }

    assert list(TopologicalSorter(graph).static_order())
