"""Passwords: which are taken, and how they are hashed."""

import re
import unicodedata

import pytest

from referrals.accounts import passwords
from referrals.accounts.passwords import Cost, Hasher
from referrals.foundation.errors import Invalid

CONTEXT = ("Vera Volunteer", "vera.v@white-city.example", "Wormholt and White City Big Local")
CHEAP = Cost(passes=1, memory_kib=8)


@pytest.mark.parametrize(
    "password",
    [
        "kettle lantern orchard",
        "a long enough passphrase",
        "ÄpfelBäumeÖfen",
        "🙂🙃🙂🙃 umbrella 🙂",
        "  leading and trailing  ",
        "white elephants dance slowly",
        "Tr7!kd93hs0Q",
        "x9" * 3 + "kettle lantern orchard" * 5,
    ],
)
def test_good_passwords_are_taken(password: str) -> None:
    assert passwords.fault_of(password, context=CONTEXT) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "at least 12"),
        ("x" * 129, "128 characters or fewer"),
        ("password1234", "first that people guess"),
        ("P@ssw0rd2026!", "first that people guess"),
        ("correcthorsebatterystaple", "first that people guess"),
        ("manchester2025", "first that people guess"),
        ("charlieliverpool", "first that people guess"),
        ("aaaaaaaaaaaa", "first that people guess"),
        ("abcabcabcabc", "first that people guess"),
        ("123456789012", "first that people guess"),
        ("zyxwvutsrqpo", "first that people guess"),
        ("            ", "first that people guess"),
        ("vera-volunteer", "must not be built on"),
        ("Wormholt2026!!", "must not be built on"),
        ("referrals-2026", "must not be built on"),
        ("big local vera", "must not be built on"),
    ],
)
def test_poor_passwords_are_refused_with_the_reason(password: str, why: str) -> None:
    assert why in (passwords.fault_of(password, context=CONTEXT) or "")


def test_a_refusal_names_the_field_and_never_the_password() -> None:
    with pytest.raises(Invalid) as refused:
        passwords.accepted("manchester2025", context=())
    assert list(refused.value.errors) == ["password"]
    assert "manchester" not in refused.value.errors["password"]


def test_the_list_of_common_passwords_is_worth_having() -> None:
    common = passwords.common_passwords()
    assert len(common) > 1_000
    assert {"password", "qwerty", "letmein", "iloveyou", "liverpool"} <= common
    assert all(word == word.casefold() for word in common)


def test_what_real_people_get_is_argon2id_at_no_less_than_the_least_advised() -> None:
    stored = Hasher(Cost()).hash("kettle lantern orchard")
    found = re.fullmatch(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$.+", stored)
    assert found is not None
    memory, passes = map(int, found.groups())
    assert memory >= 19 * 1024
    assert passes >= 2


def test_a_password_is_kept_whole_and_both_forms_of_a_letter_are_the_same() -> None:
    hasher = Hasher(CHEAP)
    whole = "é" * 127 + "!"
    stored = hasher.hash(whole)
    assert hasher.verify(stored, unicodedata.normalize("NFD", whole))
    assert not hasher.verify(stored, whole[:-1])
    assert not hasher.verify(stored, whole + " ")


def test_nobody_costs_as_much_as_somebody_and_is_never_right() -> None:
    hasher = Hasher(CHEAP)
    assert not hasher.verify(None, "the password of nobody at all")
    assert not hasher.verify("not a hash", "anything")
    assert hasher.verifications == 2


def test_a_hash_of_another_cost_is_outdated() -> None:
    stored = Hasher(CHEAP).hash("kettle lantern orchard")
    assert not Hasher(CHEAP).is_outdated(stored)
    assert Hasher(Cost(passes=2, memory_kib=8)).is_outdated(stored)
