"""Passwords: how they are hashed and verified, and which ones are refused."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from referrals.foundation.errors import Invalid

SHORTEST: Final = 12
LONGEST: Final = 128
SERVICE_WORDS: Final = ("referrals", "referral")
# A word of the person's own surroundings may be part of a password when this many characters stand beside it.
ENOUGH_BESIDE: Final = 8
# Shorter parts of names turn up in any sentence.
SHORTEST_CONTEXT_WORD: Final = 4


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs: passes, KiB of memory, lanes. Never below 2 passes over 19 MiB for real people (OWASP)."""

    passes: int = 2
    memory_kib: int = 32 * 1024
    lanes: int = 1


class Hasher:
    """Argon2id with one cost, and a count of the verifications made, by which equal effort can be shown."""

    def __init__(self, cost: Cost) -> None:
        self._argon = PasswordHasher(cost.passes, cost.memory_kib, cost.lanes)
        self._nobody = self._argon.hash("the password of nobody at all")
        self.verifications = 0

    def hash(self, password: str) -> str:
        """The hash to store, with its salt and cost in it."""
        return self._argon.hash(_normal(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password is the stored one; without a stored hash the same work is done, and the answer is no."""
        self.verifications += 1
        try:
            self._argon.verify(stored or self._nobody, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made at another cost than today's, and should be made again at the next sign-in."""
        return self._argon.check_needs_rehash(stored)


_hasher: Hasher | None = None


def configure(cost: Cost) -> None:
    """Set the cost of this process's hashes; call once at start. Tests take a cheap one."""
    global _hasher  # noqa: PLW0603 - one per process, set once at start
    _hasher = Hasher(cost)


def hasher() -> Hasher:
    """The hasher of this process; at the cost for real people when nothing was configured."""
    if _hasher is None:
        configure(Cost())
        return hasher()
    return _hasher


def accepted(password: str, *, context: Iterable[str]) -> str:
    """The hash of a new password. Raises Invalid with the field `password` when the password is refused.

    `context` holds what surrounds the person: name, email address, organisation. The rules are those of NIST SP 800-63B
    section 5.1.1.2: a least length, no composition rules, common and context words refused, nothing cut off.
    """
    fault = fault_of(password, context=context)
    if fault:
        raise Invalid({"password": fault})
    return hasher().hash(password)


def fault_of(password: str, *, context: Iterable[str]) -> str | None:
    """Why a new password is refused, in a sentence for the person; None when it is accepted."""
    password = _normal(password)
    if len(password) < SHORTEST:
        return f"Your password must have at least {SHORTEST} characters. Three or four words make a good one"
    if len(password) > LONGEST:
        return f"Your password must have {LONGEST} characters or fewer"
    if _is_common(password):
        return "That password is one of the first that people guess. Choose another, such as three unrelated words"
    if _leans_on(password, context):
        return "Your password must not be built on your name, your email address, your organisation or this service"
    return None


def _normal(password: str) -> str:
    # The same characters typed on two devices may arrive composed or not; NFC is RFC 8265 section 4.2.
    return unicodedata.normalize("NFC", password)


def _is_common(password: str) -> bool:
    bare = password.casefold()
    if _repeats(bare) or _runs(bare):
        return True
    word = re.sub(r"[\W\d_]+$", "", bare)
    candidates = {bare, word, bare.translate(_SWAPS), word.translate(_SWAPS), re.sub(r"[\W\d_]+", "", bare)}
    return any(_is_made_of_common_words(candidate) for candidate in candidates)


def _is_made_of_common_words(text: str) -> bool:
    """Whether the text is one common password, or two of them in a row."""
    common = common_passwords()
    return text in common or any(text[:cut] in common and text[cut:] in common for cut in range(4, len(text) - 3))


def _repeats(text: str) -> bool:
    """Whether the text is a part of up to half its length over and over: aaaa, abcabc."""
    return any((text[:size] * len(text))[: len(text)] == text for size in range(1, len(text) // 2 + 1))


def _runs(text: str) -> bool:
    """Whether every character follows the one before in the alphabet, the digits or on the keyboard."""
    return any(text in row * 2 or text[::-1] in row * 2 for row in _ROWS)


def _leans_on(password: str, context: Iterable[str]) -> bool:
    bare = left = password.casefold()
    for word in sorted(_context_words(context), key=len, reverse=True):
        left = left.replace(word, "")
    return left != bare and len(re.sub(r"[\W\d_]+", "", left)) < ENOUGH_BESIDE


def _context_words(context: Iterable[str]) -> set[str]:
    text = " ".join((*SERVICE_WORDS, *context)).casefold()
    return {word for word in re.split(r"[\W\d_]+", text) if len(word) >= SHORTEST_CONTEXT_WORD}


@cache
def common_passwords() -> frozenset[str]:
    """The passwords and words that guessers try first, in lower case; from the file beside this one."""
    lines = files("referrals.accounts").joinpath("common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


_SWAPS: Final = str.maketrans("013457@$!", "oleastasi")
_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
)
