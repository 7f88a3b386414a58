"""What is wrong with what somebody typed, by the name of its field; "" where nothing is."""

from collections.abc import Mapping

from referrals.foundation.errors import Invalid


def length_fault(text: str, longest: int) -> str:
    """What is wrong with words that may be left out, of at most `longest` characters."""
    return f"This must be {longest:,} characters or fewer" if len(text) > longest else ""


def words_fault(text: str, longest: int, missing: str) -> str:
    """What is wrong with words that are needed: `missing` where there are none."""
    return length_fault(text, longest) if text.strip() else missing


def faults_in(looked_at: Mapping[str, str]) -> dict[str, str]:
    """Of all fields that were looked at, those with something wrong."""
    return {name: fault for name, fault in looked_at.items() if fault}


def refuse(looked_at: Mapping[str, str]) -> None:
    """Raise Invalid with everything that is wrong, where something is."""
    faults = faults_in(looked_at)
    if faults:
        raise Invalid(faults)
