"""HOST:PORT as it is typed: what is none is never guessed."""

import pytest

from voting.addresses import NoAddress, host_and_port


def test_a_host_a_number_and_a_number_in_brackets_are_read() -> None:
    assert host_and_port("127.0.0.1:8000") == ("127.0.0.1", 8000)
    assert host_and_port("localhost:65535") == ("localhost", 65535)
    assert host_and_port("[::1]:1") == ("::1", 1)
    assert host_and_port("127.0.0.1:0", least=0) == ("127.0.0.1", 0)


@pytest.mark.parametrize(
    "text",
    ["", "nowhere", "127.0.0.1", ":8000", "a b:80", "127.0.0.1:0", "127.0.0.1:65536", "h:八"],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(NoAddress):
        host_and_port(text)
