# Sourced by ./run and ./test, never executed. It makes .venv what a lock file says, and reuses it as long as
# the lock and setup.cfg have not changed. An existing .venv is brought up to date, never deleted.

# say_and_stop JAPANESE ENGLISH: what went wrong and what to do, in both languages.
say_and_stop() {
    printf '\n%s\n%s\n' "$1" "$2" >&2
    exit 1
}

find_python() {
    local candidate
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    say_and_stop "Python 3.11 以上が見つかりません。https://www.python.org/ から入れて、もう一度お試しください。" \
        "No Python 3.11 or newer was found. Install one from https://www.python.org/ and try again."
}

make_venv() {
    local python
    python=$(find_python) || exit 1
    # uv helps where Debian's python3 comes without its venv part.
    "$python" -m venv .venv >.venv-log 2>&1 || uv venv --quiet --seed --allow-existing --python "$python" .venv \
        >>.venv-log 2>&1 || {
        cat .venv-log >&2
        say_and_stop "仮想環境(.venv)を作れません。Debian・Ubuntu では apt install python3-venv を実行してください。" \
            "The virtual environment .venv cannot be made. On Debian and Ubuntu: apt install python3-venv."
    }
    rm -f .venv-log
}

# install_lock LOCK: uv where it can be had, it is twice as fast; else pip. Both check every hash.
install_lock() {
    if { .venv/bin/python -m uv --version || .venv/bin/python -m pip install --quiet uv; } >/dev/null 2>&1 &&
        .venv/bin/python -m uv pip install --quiet --python .venv/bin/python --require-hashes -r "$1" 2>/dev/null; then
        return
    fi
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1" ||
        say_and_stop "ライブラリを入れられません。ネットワークの接続をお確かめのうえ、もう一度お試しください。" \
            "The libraries could not be installed. Check the network connection and try again."
}

# install_project: the checkout itself, so that "voting" is a command. A checkout in which a package listed in
# setup.cfg is missing cannot be built; it can still be run from its path. False, where it came to that.
install_project() {
    local site log=.venv/install-project.log
    site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    if .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
        --editable . >"$log" 2>&1; then
        rm -f "$site/voting-checkout.pth"
        return
    fi
    if [ "${CI:-}" = true ]; then
        cat "$log" >&2
        say_and_stop "このフォルダをパッケージとして組み立てられません。" "This checkout cannot be built as a package."
    fi
    echo "note: not installed as a package (see $log), used from its folder instead" >&2
    pwd >"$site/voting-checkout.pth"
    printf '#!/bin/sh\nexec "%s/.venv/bin/python" -m voting "$@"\n' "$PWD" >.venv/bin/voting
    chmod +x .venv/bin/voting
    return 1
}

# lock_sum LOCK: what a .venv made from this lock, this setup.cfg and in this folder is known by.
lock_sum() {
    .venv/bin/python - "$1" <<'PY'
import hashlib, os, sys
parts = [open(name, "rb").read() for name in (sys.argv[1], "setup.cfg")]
print(sys.argv[1], hashlib.sha256(b"\0".join([*parts, os.getcwd().encode()])).hexdigest())
PY
}

# prepare_venv LOCK: the one entry point.
prepare_venv() {
    local lock=$1 stamp=.venv/voting-lock sum
    [ -x .venv/bin/python ] || make_venv
    .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        say_and_stop "今の .venv は Python 3.11 以上ではありません。.venv を消して、もう一度お試しください。" \
            "The present .venv is not of Python 3.11 or newer. Remove .venv and try again."
    sum=$(lock_sum "$lock")
    if [ -f "$stamp" ] && grep -qxF "$sum" "$stamp"; then
        return
    fi
    echo "ライブラリを準備しています(初回は1分ほど)… preparing the libraries, a minute the first time" >&2
    install_lock "$lock"
    # No stamp: the next call tries again.
    install_project || return 0
    # The development lock contains all of the other one, so ./run after ./test has nothing to do.
    { lock_sum "$lock"; [ "$lock" = requirements.lock ] || lock_sum requirements.lock; } >"$stamp"
}
