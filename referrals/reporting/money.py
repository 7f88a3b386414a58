"""Money in reports: what the kinds and bases are called, and which sums others may see."""

from collections.abc import Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import Final

from referrals.directory import lists
from referrals.reporting.deduction import alone
from referrals.reporting.disclosure import Held, Profile
from referrals.reporting.queries import Sums

RECURRING: Final = "recurring"
# The list calls a basis "Confirmed" too, which beside "confirmed by the group" would say two things in one word.
_BASES: Final = {"confirmed": "paid or decided", "estimated": "estimated", "predicted": "expected, not decided yet"}

Shown = tuple[Decimal | None, Decimal | None, Decimal | None, int | None]


def name_of(kind: str, basis: str) -> str:
    """What a line of money is called, like "Regular payment, in a year: estimated"."""
    return f"{kind_name(kind)}: {basis_name(basis)}"


def kind_name(kind: str) -> str:
    """What a kind of money is called, like "Regular payment, in a year"."""
    in_a_year = ", in a year" if kind == RECURRING else ""
    return f"{lists.label('money_kinds', kind)}{in_a_year}"


def basis_name(basis: str) -> str:
    """How sure an amount is, like "paid or decided"."""
    return _BASES.get(basis) or lists.label("money_bases", basis).lower()


def in_order(found: list[Sums]) -> list[Sums]:
    """By kind and basis as the lists have them."""
    kinds = [item.code for item in lists.items("money_kinds")]
    bases = [item.code for item in lists.items("money_bases")]
    return sorted(found, key=lambda sums: (kinds.index(sums.kind), bases.index(sums.basis)))


def shown(sums: Sums, profile: Profile) -> Shown:
    """Claimed, confirmed and evidenced as the profile shows them, and how many referrals are behind what is claimed.

    Enough residents stand behind each sum that is shown, and behind each difference between two of them, and no single
    one holds nearly all of it: otherwise the sum of one person could be had by taking one from the other.
    """
    line = ("money", sums.kind, sums.basis)
    number = profile.counts([alone(line, sums.behind_claimed)])[line]
    claimed = profile.pounds((*line, "claimed"), _held(sums, "claimed"))
    if claimed is None:
        return None, None, None, None
    confirmed = profile.pounds((*line, "confirmed"), _held(sums, "confirmed"), _apart(sums, "claimed_confirmed"))
    beside = ["claimed_evidenced", *(["confirmed_evidenced"] if confirmed is not None else [])]
    evidenced = profile.pounds(
        (*line, "evidenced"), _held(sums, "evidenced"), *(_apart(sums, names) for names in beside)
    )
    return claimed, confirmed, evidenced, number


def shown_by_category(
    whole: Shown, parts: Sequence[Sums], profile: Profile
) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """Claimed and confirmed of those categories that others may see; none where a sum of all of them is hidden.

    What is left of the sums of all categories without those that are shown can be worked out, so it too stands for
    enough residents, with none of them holding nearly all; categories are hidden, the smallest first, until it does.
    No referral stands in two categories, so that sums over several of them stand for as many as each of these.
    """
    if None in whole[:2]:
        return {}
    hidden = [one for one in parts if not _may_be_shown(one, profile)]
    left = sorted((one for one in parts if one not in hidden), key=lambda one: one.claimed)
    while hidden and left and not _may_be_shown(_together(hidden), profile):
        hidden.append(left.pop(0))
    found = {one.category: ("money", one.kind, one.basis, one.category) for one in left}
    return {
        one.category: (
            profile.pounds((*found[one.category], "claimed"), _held(one, "claimed")),
            profile.pounds((*found[one.category], "confirmed"), _held(one, "confirmed")),
        )
        for one in left
    }


def _may_be_shown(sums: Sums, profile: Profile) -> bool:
    between = _apart(sums, "claimed_confirmed")
    return all(
        profile.is_of_many(held)
        for held in (_held(sums, "claimed"), _held(sums, "confirmed"), *([between] if between.behind else []))
    )


def _together(parts: Sequence[Sums]) -> Sums:
    """Several categories as one."""
    names = [field.name for field in fields(Sums) if field.name not in ("kind", "basis", "category")]
    added = {
        name: (max if name.startswith("largest") else sum)([getattr(one, name) for one in parts]) for name in names
    }
    return replace(parts[0], category="", **added)


def _held(sums: Sums, name: str) -> Held:
    return Held(getattr(sums, name), getattr(sums, f"behind_{name}"), getattr(sums, f"largest_{name}"))


def _apart(sums: Sums, names: str) -> Held:
    return Held(getattr(sums, f"spread_{names}"), getattr(sums, f"apart_{names}"), getattr(sums, f"largest_{names}"))
