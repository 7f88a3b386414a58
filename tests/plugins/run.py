"""The test run itself: its own temporary folder, its lock, and servers that cannot outlive it."""

import fcntl
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

import pytest

from tests.plugins import keeper

T = TypeVar("T")
FOLDER = "REFERRALS_TEST_RUN"
ENOUGH = 4 * 1024**3
HELD = pytest.StashKey[IO[str]]()


def run_folder() -> Path:
    """The folder of this test run, the same in every worker."""
    return Path(os.environ[FOLDER])


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Hold a lock of this name: one worker of the run does the work, the others wait and find it done."""
    with (run_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made_once(name: str, make: Callable[[], T]) -> T:
    """What `make` gives, made by the first worker that asks; the others read it from the run's folder."""
    kept = run_folder() / f"{name}.pickle"
    with only_one(name):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make()))
    found: T = pickle.loads(kept.read_bytes())
    return found


def wait_until(condition: Callable[[], object], what: str, seconds: float = 30) -> None:
    """Return as soon as the condition holds; fail with the name of what was waited for when it never does."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {seconds:g} seconds for {what}")
        pause.wait(0.02)


def start_server(
    command: Sequence[str | Path],
    *,
    log: Path,
    stop_signal: str = "SIGTERM",
    user: int | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a server that ends with the test run, or earlier when the returned process is terminated.

    Its output goes to `log`. `user` is a number, to run as somebody else when one is root.
    It sits in a session of its own, so that Ctrl-C reaches the tests alone.
    """
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, keeper.__file__, run_folder(), stop_signal, "-" if user is None else str(user), *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=env,
            cwd=cwd,
        )


def is_worker(config: pytest.Config) -> bool:
    """Whether this process was started by pytest-xdist."""
    return hasattr(config, "workerinput")


def leave_with_the_run() -> None:
    """End this worker when the run has ended without saying so; it would finish a test for nobody."""
    with (run_folder() / keeper.ALIVE).open() as alive:
        fcntl.flock(alive, fcntl.LOCK_SH)
    os._exit(1)


def memory() -> str | None:
    """A place in memory, where nobody waits for a disk; None where there is none that programs may run from."""
    place = Path("/dev/shm")
    if not place.is_dir() or not os.access(place, os.W_OK) or shutil.disk_usage(place).free < ENOUGH:
        return None
    return None if os.statvfs(place).f_flag & os.ST_NOEXEC else str(place)


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of the run and hold its lock. A worker watches the lock instead."""
    if is_worker(config):
        threading.Thread(target=leave_with_the_run, daemon=True).start()
        return
    folder = Path(tempfile.mkdtemp(prefix="referrals-", dir=memory()))
    # Servers may run as another user than root; they must be able to pass through here.
    folder.chmod(0o755)
    (folder / keeper.KEEPERS).touch()
    held = config.stash[HELD] = (folder / keeper.ALIVE).open("w")
    fcntl.flock(held, fcntl.LOCK_EX)
    os.environ[FOLDER] = str(folder)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let the lock go, and wait until every server has ended."""
    held = config.stash.get(HELD, None)
    if held is None:
        return
    held.close()
    folder = run_folder()
    try:
        with (folder / keeper.KEEPERS).open() as keepers:
            fcntl.flock(keepers, fcntl.LOCK_EX)
    except FileNotFoundError:
        return
    shutil.rmtree(folder, ignore_errors=True)
