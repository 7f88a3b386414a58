"""A small process that runs a server for the tests and ends it when the test run ends, however that happens.

The run holds a lock on a file. The kernel lets it go when the run is over, even after `kill -9`; that is what the
keeper waits for. It is started as a script: `keeper.py FOLDER SIGNAL USER COMMAND...`, where FOLDER is the folder of
the run, SIGNAL ends the server politely, and USER is the number of the user to run it as, or `-` for one's own.
"""

import fcntl
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

ALIVE = "alive.lock"
KEEPERS = "keepers.lock"
SECONDS_TO_STOP = 10


def stop_after_run(alive: IO[str], child: subprocess.Popen[bytes], wish: signal.Signals) -> None:
    """Wait until the run lets go of its lock, then end the child: politely, and by force if it stays."""
    fcntl.flock(alive, fcntl.LOCK_SH)
    child.send_signal(wish)
    try:
        child.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        child.kill()


def is_over(alive: IO[str]) -> bool:
    """Whether the run has let go of its lock."""
    try:
        fcntl.flock(alive, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def main(folder: Path, wish: signal.Signals, user: int | None, command: list[str]) -> int:
    """Run the command until it ends by itself, by a SIGTERM to the keeper, or with the run. Gives its exit code."""
    with (folder / ALIVE).open() as alive, (folder / KEEPERS).open() as keepers:
        # Lets the end of the run wait for its keepers.
        fcntl.flock(keepers, fcntl.LOCK_SH)
        child = subprocess.Popen(command, user=user, group=user, extra_groups=None if user is None else [])
        signal.signal(signal.SIGTERM, lambda *_: child.send_signal(wish))
        threading.Thread(target=stop_after_run, args=(alive, child, wish), daemon=True).start()
        code = child.wait()
        with (folder / ALIVE).open() as again:
            if is_over(again):
                shutil.rmtree(folder, ignore_errors=True)
        return code


if __name__ == "__main__":
    _, folder_name, signal_name, user_name, *words = sys.argv
    sys.exit(main(Path(folder_name), signal.Signals[signal_name], int(user_name) if user_name != "-" else None, words))
