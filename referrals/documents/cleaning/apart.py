"""Cleaning a file in a process of its own, so that one made to break the reader breaks nothing of ours."""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from referrals.documents.cleaning import workshop
from referrals.documents.cleaning.kinds import Cleaned, Kind, kind_of
from referrals.documents.cleaning.refusals import Refused, Why

ROOT: Final = Path(__file__).parents[3]
PATIENCE: Final = 45.0
# So many at once for each process of the service: each may take much memory.
AT_ONCE: Final = BoundedSemaphore(2)
# Nothing else of the environment goes along: secrets live there.
KEPT_NAMES: Final = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")


def clean(content: bytes) -> Cleaned:
    """A file made safe. Raises Refused, also when cleaning it crashed or took too long."""
    # What is of no kind that is taken needs no process.
    kind_of(content)
    environ = {name: os.environ[name] for name in KEPT_NAMES if name in os.environ}
    with AT_ONCE:
        try:
            done = subprocess.run(
                [sys.executable, "-m", workshop.__name__],
                input=content,
                capture_output=True,
                timeout=PATIENCE,
                cwd=ROOT,
                env=environ,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Refused(Why.TOO_SLOW) from None
    return _answer(done)


def _answer(done: subprocess.CompletedProcess[bytes]) -> Cleaned:
    line, _, content = done.stdout.partition(b"\n")
    try:
        said = json.loads(line)
    except ValueError:
        # It ended without a word: the file was too much for it.
        raise Refused(Why.NOT_SAFE) from None
    if "kind" not in said:
        raise Refused(Why(said["refused"]))
    return Cleaned(Kind(said["kind"]), content)
