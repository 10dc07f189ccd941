"""Where a request comes from, and that nobody is sent on to another site."""

from hashlib import sha256

import pytest
from flask import Flask

from voting.web.addresses import own_path, visitor


def name(app: Flask, remote: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    with app.test_request_context(headers=headers, environ_base={"REMOTE_ADDR": remote}):
        return visitor()


def test_the_same_address_has_the_same_name_and_another_another(app: Flask) -> None:
    assert name(app, "192.0.2.1") == name(app, "192.0.2.1")
    assert name(app, "192.0.2.1") != name(app, "192.0.2.2")


def test_the_name_does_not_tell_the_address(app: Flask) -> None:
    found = name(app, "192.0.2.1")

    assert len(found) == 32
    assert found not in {sha256(each.encode()).hexdigest()[:32] for each in ("192.0.2.1", "192.0.2.1/32")}


def test_behind_the_proxy_of_this_machine_the_address_is_what_the_proxy_saw(app: Flask) -> None:
    seen = name(app, "192.0.2.1")

    assert name(app, "127.0.0.1", "192.0.2.1") == seen
    assert name(app, "::1", "198.51.100.7, 192.0.2.1") == seen


def test_behind_a_socket_of_this_machine_the_address_is_what_the_proxy_saw(app: Flask) -> None:
    assert name(app, "", "192.0.2.1") == name(app, "192.0.2.1")


def test_an_address_of_ipv4_is_the_same_in_the_notation_of_ipv6_and_none_of_one_network(app: Flask) -> None:
    assert name(app, "::ffff:192.0.2.1") == name(app, "192.0.2.1")
    assert name(app, "::ffff:192.0.2.1") != name(app, "::ffff:192.0.2.2")
    assert name(app, "::ffff:127.0.0.1", "192.0.2.1") == name(app, "192.0.2.1")


def test_attack_a_visitor_claims_another_address(app: Flask) -> None:
    assert name(app, "192.0.2.1", "198.51.100.7") == name(app, "192.0.2.1")
    assert name(app, "127.0.0.1", "198.51.100.7, 192.0.2.1") == name(app, "192.0.2.1")


def test_attack_the_addresses_of_one_network_are_one(app: Flask) -> None:
    assert name(app, "2001:db8:1:2::1") == name(app, "2001:db8:1:2:ffff::9")
    assert name(app, "2001:db8:1:2::1") != name(app, "2001:db8:1:3::1")


def test_what_is_no_address_is_all_one(app: Flask) -> None:
    assert name(app, "127.0.0.1", "unknown") == name(app, "127.0.0.1", "<script>")


@pytest.mark.parametrize("path", ["/", "/office/", "/office/a/b/c?x=1", "/vote#end"])
def test_a_path_of_ours_is_taken(path: str) -> None:
    assert own_path(path, "/else") == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "office",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:x",
        "/a\r\nb",
        "/\\",
    ],
)
def test_attack_a_path_that_is_another_site(path: str) -> None:
    assert own_path(path, "/else") == "/else"
