"""The configuration: strict, all faults at once, secrets only in files."""

from pathlib import Path

import pytest

from voting.config import KEYS, Tsa, read_config
from voting.config_faults import ConfigFaults
from voting.core.retention import DEFAULT_YEARS
from voting.setup import make_folder


def bytes_of(number: int):
    return lambda size: bytes([number]) * size


@pytest.fixture
def folder(tmp_path) -> Path:
    """A data folder as ``voting setup`` makes it."""
    made = tmp_path / "data"
    make_folder(made, bytes_of(7))
    return made


@pytest.fixture
def least(folder) -> dict[str, str]:
    """The least that has to be said."""
    return {
        "VOTING_FOLDER": str(folder),
        "VOTING_BASE_URL": "https://vote.example.or.jp",
        "VOTING_MAIL_FROM": "事務局 <office@example.or.jp>",
        "VOTING_SMTP_HOST": "relay.example.or.jp",
    }


def faults(environ) -> list[str]:
    """The keys that are said to be wrong."""
    with pytest.raises(ConfigFaults) as refused:
        read_config(environ)
    assert str(refused.value) == "\n".join(refused.value.faults)
    return [each.partition(":")[0] for each in refused.value.faults]


def write(folder: Path, name: str, content: bytes) -> str:
    file = folder / name
    file.write_bytes(content)
    return str(file)


def test_the_least_configuration_has_a_default_for_everything_else(least, folder):
    config = read_config(least)

    assert config.database_url == f"sqlite:///{folder}/voting.db"
    assert (config.key_folder, config.anchor_folder) == (folder / "keys", folder / "anchors")
    assert config.passphrase == bytes([7] * 32).hex().encode()
    assert config.secret == bytes([7] * 32)
    assert (config.base_url, config.host) == ("https://vote.example.or.jp", "vote.example.or.jp")
    assert (config.listen, config.workers) == ("127.0.0.1:8000", 2)
    assert config.kept_years == DEFAULT_YEARS
    mail = config.mail
    assert (mail.sender, mail.host) == ("事務局 <office@example.or.jp>", "relay.example.or.jp")
    assert (mail.port, mail.tls, mail.user, mail.password) == (587, "starttls", "", "")


def test_everything_may_be_said(least, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    make_folder(elsewhere, bytes_of(9))
    given = {
        "VOTING_DATABASE_URL": "postgresql+psycopg://voting@db.example/voting",
        "VOTING_KEY_FOLDER": str(elsewhere / "keys"),
        "VOTING_ANCHOR_FOLDER": str(elsewhere / "anchors"),
        "VOTING_PASSPHRASE_FILE": write(tmp_path, "passphrase", b"first line\nsecond\n"),
        "VOTING_SECRET_FILE": write(tmp_path, "secret", b"\n" * 40),
        "VOTING_HOST": "ledger.example",
        "VOTING_SMTP_PORT": "465",
        "VOTING_SMTP_TLS": "tls",
        "VOTING_SMTP_USER": "office",
        "VOTING_SMTP_PASSWORD_FILE": write(tmp_path, "smtp", "合言葉\n".encode()),
        "VOTING_TSA_URL": "http://tsa.example/stamp",
        "VOTING_TSA_CERTIFICATE_FILE": write(tmp_path, "tsa.pem", b"certificates"),
        "VOTING_LISTEN": "unix:/run/voting",
        "VOTING_WORKERS": "4",
        "VOTING_PARTS": "member, public",
        "VOTING_KEPT_YEARS": "10",
    }

    config = read_config(least | given)

    assert {name.removeprefix("VOTING_").lower() for name in least | given} == set(KEYS)
    assert config.database_url == given["VOTING_DATABASE_URL"]
    assert config.key_folder == elsewhere / "keys"
    assert config.anchor_folder == elsewhere / "anchors"
    assert config.passphrase == b"first line"
    assert config.secret == b"\n" * 40
    assert (config.host, config.listen, config.workers) == ("ledger.example", "unix:/run/voting", 4)
    assert (config.parts, config.kept_years) == (("member", "public"), 10)
    assert config.tsa == Tsa("http://tsa.example/stamp", b"certificates")
    mail = config.mail
    assert (mail.port, mail.tls, mail.user, mail.password) == (465, "tls", "office", "合言葉")


def test_nothing_said_is_told_at_once():
    assert {"folder", "base_url", "mail_from", "smtp_host"} <= set(faults({}))


def test_all_faults_are_told_at_once(least, tmp_path):
    given = {
        "VOTING_CONFIG": write(tmp_path, "voting.toml", b'databse_url = "sqlite:///x"\nworkers = true\n'),
        "VOTING_DATABASE_URL": "mysql://db/voting",
        "VOTING_KEY_FOLDER": str(tmp_path / "nowhere"),
        "VOTING_ANCHOR_FOLDER": str(tmp_path / "nowhere"),
        "VOTING_PASSPHRASE_FILE": write(tmp_path, "passphrase", b"\n"),
        "VOTING_SECRET_FILE": write(tmp_path, "secret", b"x" * 31),
        "VOTING_BASE_URL": "http://vote.example.or.jp",
        "VOTING_SMTP_PORT": "0",
        "VOTING_SMTP_TLS": "maybe",
        "VOTING_SMTP_USER": "office",
        "VOTING_MAIL_FROM": "",
        "VOTING_WORKERS": "65",
        "VOTING_PARTS": "member,secretary",
    }

    assert sorted(faults(least | given)) == [
        "anchor_folder",
        "base_url",
        "database_url",
        "databse_url",
        "key_folder",
        "mail_from",
        "parts",
        "passphrase_file",
        "secret_file",
        "smtp_port",
        "smtp_tls",
        "smtp_user, smtp_password_file",
        "workers",
        "workers",
    ]


def test_the_file_is_read_and_the_environment_prevails(least, tmp_path):
    toml = 'workers = 3\nsmtp_port = 25\nhost = "from.file"\n'
    least["VOTING_CONFIG"] = write(tmp_path, "voting.toml", toml.encode())

    config = read_config(least | {"VOTING_WORKERS": "5"})

    assert (config.workers, config.mail.port, config.host) == (5, 25, "from.file")


def test_an_unknown_key_in_the_file_is_a_fault_and_no_default(least, tmp_path):
    least["VOTING_CONFIG"] = write(tmp_path, "voting.toml", b"worker = 3\n")

    assert faults(least) == ["worker"]


@pytest.mark.parametrize("value", ["true", "1.5", "2026-06-01", '["a"]', '{ a = "b" }'])
def test_a_value_is_text_or_a_whole_number(least, tmp_path, value):
    least["VOTING_CONFIG"] = write(tmp_path, "voting.toml", f"workers = {value}\n".encode())

    assert faults(least) == ["workers"]


@pytest.mark.parametrize("content", [b"workers 3", b"\xff\xfe", b"workers = 1\nworkers = 2\n"])
def test_a_file_that_cannot_be_read_is_a_fault(least, tmp_path, content):
    least["VOTING_CONFIG"] = write(tmp_path, "voting.toml", content)

    assert faults(least) == ["VOTING_CONFIG"]


def test_a_file_that_is_not_there_is_a_fault(least, tmp_path):
    assert faults(least | {"VOTING_CONFIG": str(tmp_path / "none.toml")}) == ["VOTING_CONFIG"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost:8000", "https://a.example/vote"])
def test_http_is_for_this_machine_and_https_for_all(least, url):
    assert read_config(least | {"VOTING_BASE_URL": url}).base_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://vote.example.or.jp",
        "http://127.0.0.1.example.com",
        "http://localhost@vote.example.or.jp",
        "http://192.168.0.2:8000",
        "ftp://vote.example.or.jp",
        "vote.example.or.jp",
        "https://",
        "https://vote.example.or.jp?a=b",
        "https://vote.example.or.jp#a",
        "https://[vote",
        "https://vote.example.or.jp:many",
        "https://vote.example.or.jp:65536",
    ],
)
def test_an_address_that_members_cannot_use_is_a_fault(least, url):
    assert faults(least | {"VOTING_BASE_URL": url}) == ["base_url"]


def test_the_address_has_no_slash_at_its_end(least):
    least["VOTING_BASE_URL"] = "https://vote.example.or.jp/"

    assert read_config(least).base_url == "https://vote.example.or.jp"


@pytest.mark.parametrize("number", ["", "-1", "0", "1.0", "1e3", " 2", "２", "65536", "9" * 5000])
def test_a_port_is_a_number_that_a_port_can_have(least, number):
    assert faults(least | {"VOTING_SMTP_PORT": number}) == ["smtp_port"]


@pytest.mark.parametrize("key", ["passphrase", "secret", "smtp_password", "password"])
def test_a_secret_is_never_a_value(least, tmp_path, key):
    assert key not in KEYS
    least["VOTING_CONFIG"] = write(tmp_path, "voting.toml", f'{key} = "opensesame"\n'.encode())
    with pytest.raises(ConfigFaults) as refused:
        read_config(least)

    assert "opensesame" not in str(refused.value)


def test_not_even_the_database_has_its_password_here(least):
    least["VOTING_DATABASE_URL"] = "postgresql+psycopg://voting:opensesame@db.example/voting"
    with pytest.raises(ConfigFaults) as refused:
        read_config(least)

    assert [each.partition(":")[0] for each in refused.value.faults] == ["database_url"]
    assert "opensesame" not in str(refused.value)


@pytest.mark.parametrize("key", ["passphrase_file", "secret_file", "smtp_password_file"])
def test_a_secrets_file_that_cannot_be_read_is_a_fault(least, tmp_path, key):
    given = {"VOTING_SMTP_USER": "office", "VOTING_SMTP_PASSWORD_FILE": write(tmp_path, "smtp", b"p\n")}
    given[f"VOTING_{key.upper()}"] = str(tmp_path / "none")

    assert faults(least | given) == [key]
    assert faults(least | given | {f"VOTING_{key.upper()}": str(tmp_path)}) == [key]


@pytest.mark.parametrize("alone", ["SMTP_USER", "SMTP_PASSWORD_FILE"])
def test_a_user_and_a_password_come_together(least, tmp_path, alone):
    given = {"SMTP_USER": "office", "SMTP_PASSWORD_FILE": write(tmp_path, "smtp", b"p\n")}

    assert faults(least | {f"VOTING_{alone}": given[alone]}) == ["smtp_user, smtp_password_file"]


@pytest.mark.parametrize("alone", ["TSA_URL", "TSA_CERTIFICATE_FILE"])
def test_an_authority_and_its_certificate_come_together(least, tmp_path, alone):
    given = {"TSA_URL": "https://tsa.example/", "TSA_CERTIFICATE_FILE": write(tmp_path, "pem", b"-")}

    assert faults(least | {f"VOTING_{alone}": given[alone]}) == ["tsa_url, tsa_certificate_file"]


@pytest.mark.parametrize("url", ["tsa.example", "ftp://tsa.example/", "https://", "https://[tsa"])
def test_an_authority_without_an_address_is_a_fault(least, tmp_path, url):
    file = write(tmp_path, "pem", b"-")

    assert faults(least | {"VOTING_TSA_URL": url, "VOTING_TSA_CERTIFICATE_FILE": file}) == ["tsa_url"]


def test_a_certificate_file_that_is_not_there_is_a_fault(least, tmp_path):
    given = {"VOTING_TSA_URL": "https://t.example/", "VOTING_TSA_CERTIFICATE_FILE": str(tmp_path / "none")}

    assert faults(least | given) == ["tsa_certificate_file"]


def test_without_an_authority_there_are_no_time_stamps(least):
    assert read_config(least).tsa is None


def test_the_configuration_shows_no_secret_of_itself(least, tmp_path):
    least["VOTING_SMTP_USER"] = "office"
    least["VOTING_SMTP_PASSWORD_FILE"] = write(tmp_path, "smtp", b"opensesame\n")
    config = read_config(least)

    shown = f"{config!r} {config} {config.mail!r} {config.mail}"
    assert "opensesame" not in shown
    assert config.passphrase.decode() not in shown
    assert repr(config.secret) not in shown


def test_where_the_file_cannot_be_read_nothing_else_is_called_missing(tmp_path):
    assert faults({"VOTING_CONFIG": str(tmp_path)}) == ["VOTING_CONFIG"]
    assert faults({"VOTING_CONFIG": write(tmp_path, "v.toml", b"folder = ")}) == ["VOTING_CONFIG"]


def test_a_number_where_a_text_belongs_is_a_fault(least, tmp_path):
    least["VOTING_CONFIG"] = write(tmp_path, "voting.toml", b"tsa_url = 3\n")

    assert faults(least) == ["tsa_url"]


@pytest.mark.parametrize(
    "sender", ["office", "office@", "a@example.jp, b@example.jp", "x <a@example.jp>\nBcc: b@example.jp", "<>"]
)
def test_a_sender_that_is_no_single_address_is_a_fault(least, sender):
    assert faults(least | {"VOTING_MAIL_FROM": sender}) == ["mail_from"]


@pytest.mark.parametrize("host", ["bad host", "a+x", "a/b", "-a", "日本.example"])
def test_a_host_that_no_ledger_could_be_named_after_is_a_fault(least, host):
    assert faults(least | {"VOTING_HOST": host}) == ["host"]


@pytest.mark.parametrize("listen", ["8000", "here:there", "127.0.0.1:0", "127.0.0.1:70000"])
def test_an_address_to_listen_at_that_is_none_is_a_fault(least, listen):
    assert faults(least | {"VOTING_LISTEN": listen}) == ["listen"]


@pytest.mark.parametrize("url", ["https://vote.example.or.jp/a b", "https://vote.example.or.jp/表決"])
def test_an_address_with_blanks_or_other_letters_is_a_fault(least, url):
    assert faults(least | {"VOTING_BASE_URL": url}) == ["base_url"]


def test_a_password_that_is_no_utf_8_is_a_fault(least, tmp_path):
    file = write(tmp_path, "password", "合言葉".encode("cp932"))

    assert faults(least | {"VOTING_SMTP_USER": "office", "VOTING_SMTP_PASSWORD_FILE": file}) == [
        "smtp_password_file"
    ]
