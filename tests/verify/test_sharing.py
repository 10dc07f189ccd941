"""Work that is shared out is all done, whoever does it, and whatever becomes of the helpers."""

import os
from collections.abc import Callable
from select import select

import pytest

from voting.verify.sharing import Sharing, cores

HELPERS = [0, 1, 3]


def offered(holds: Callable[[int], bool], size: int, helpers: int) -> Sharing:
    """All items from 0 to *size* - 1, in pieces of ten, and what is left."""

    def look(start: int, end: int) -> int | None:
        return next((item for item in range(start, end) if not holds(item)), None)

    sharing = Sharing(look, helpers=helpers)
    for start in range(0, size, 10):
        sharing.offer(start, min(start + 10, size))
    return sharing


def shared(holds: Callable[[int], bool], size: int, helpers: int) -> int | None:
    return offered(holds, size, helpers).first_failing()


@pytest.mark.parametrize("helpers", HELPERS)
@pytest.mark.parametrize("size", [0, 1, 999, 1000, 1001, 2500])
def test_what_holds_of_all_has_no_failing_item(size: int, helpers: int) -> None:
    assert shared(lambda _: True, size, helpers) is None


@pytest.mark.parametrize("helpers", HELPERS)
@pytest.mark.parametrize("failing", [{0}, {2499}, {2498, 1200, 1201}, {999, 1000}, set(range(2500))])
def test_the_first_failing_item_is_found_wherever_it_stands(failing: set[int], helpers: int) -> None:
    assert shared(lambda item: item not in failing, 2500, helpers) == min(failing)


def test_helpers_take_part() -> None:
    here = os.getpid()

    # Nothing fails in this process; so whoever found the first one is another.
    def holds(item: int) -> bool:
        return os.getpid() == here

    sharing = offered(holds, 5000, 1)
    while select([sharing._todo], [], [], 0)[0]:
        pass

    assert sharing.first_failing() == 0


@pytest.mark.parametrize("helpers", [1, 3])
def test_a_helper_that_dies_leaves_its_work_to_be_done_here(helpers: int) -> None:
    here, seen = os.getpid(), set[int]()

    def holds(item: int) -> bool:
        if os.getpid() != here:
            os._exit(9)
        seen.add(item)
        return item != 4999

    sharing = offered(holds, 5000, helpers)
    for helper in sharing._helpers:
        os.waitid(os.P_PID, helper, os.WEXITED | os.WNOWAIT)

    assert sharing.first_failing() == 4999
    assert seen == set(range(5000))


def test_a_fault_in_a_helper_is_a_fault_here() -> None:
    def holds(item: int) -> bool:
        raise ValueError(f"item {item}")

    with pytest.raises(ValueError, match="item"):
        shared(holds, 10, 1)


def test_no_process_and_no_pipe_is_left_behind() -> None:
    sharing = offered(lambda item: item != 7, 3000, 2)
    helpers = [*sharing._helpers]

    assert sharing.first_failing() == 7

    for end in (
        *(sharing._todo, sharing._filling, sharing._told, sharing._telling),
        *(sharing._answered, sharing._answering),
    ):
        with pytest.raises(OSError, match="Bad file"):
            os.fstat(end)
    for helper in helpers:
        with pytest.raises(ChildProcessError):
            os.waitpid(helper, os.WNOHANG)


def test_what_does_not_fit_into_the_pipe_is_done_here() -> None:
    seen = set[int]()

    def holds(item: int) -> bool:
        seen.add(item)
        return True

    assert shared(holds, 100_000, 0) is None
    assert seen == set(range(100_000))


def test_where_nothing_is_offered_nothing_is_wrong_and_the_helpers_end() -> None:
    assert Sharing(lambda start, end: start, helpers=2).first_failing() is None


def test_where_no_process_can_be_copied_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")

    assert shared(lambda item: item != 1234, 3000, 3) == 1234


def test_there_is_at_least_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cores() >= 1
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1


@pytest.mark.parametrize("helpers", HELPERS)
def test_tasks_are_answered_whoever_does_them(helpers: int) -> None:
    sharing = Sharing(lambda start, end: None, helpers=helpers, tasks=(lambda: None, lambda: 0, lambda: 12))
    sharing.offer(0, 10)

    assert sharing.first_failing() is None
    assert [sharing.answer(number) for number in range(3)] == [None, 0, 12]


def test_the_first_helper_does_the_tasks_and_nobody_else() -> None:
    here = os.getpid()

    def task() -> int:
        return int(os.getpid() == here)

    sharing = Sharing(lambda start, end: None, helpers=3, tasks=(task,))

    assert sharing.first_failing() is None
    assert sharing.answer(0) == 0


def test_a_task_that_a_helper_died_of_is_done_here() -> None:
    here = os.getpid()

    def task() -> int:
        if os.getpid() != here:
            os._exit(9)
        return 7

    sharing = Sharing(lambda start, end: None, helpers=1, tasks=(task,))

    assert sharing.first_failing() is None
    assert sharing.answer(0) == 7


def test_an_answer_is_there_before_all_has_been_looked_at_and_may_be_a_hash() -> None:
    here, highest = os.getpid(), 2**256 - 1
    sharing = Sharing(
        lambda start, end: None, helpers=1, tasks=(lambda: highest if os.getpid() != here else 0,)
    )
    sharing.offer(0, 10)

    assert sharing.answer(0) == highest
    assert sharing.first_failing() is None
    assert sharing.answer(0) == highest


def test_nobody_waits_for_the_answers_of_a_helper_that_has_died() -> None:
    here = os.getpid()

    def task() -> int:
        if os.getpid() != here:
            os._exit(9)
        return 7

    sharing = Sharing(lambda start, end: None, helpers=2, tasks=(task,))
    sharing.offer(0, 10)

    assert sharing.answer(0) == sharing.answer(0) == 7
    assert sharing.first_failing() is None
