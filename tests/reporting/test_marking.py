"""Where a number of days lies among bands."""

from decimal import Decimal

import pytest

from referrals.reporting.marking import half_and_nine_of_ten, place

BANDS = (7, 14, 28)


@pytest.mark.parametrize(
    ("days", "at"),
    [
        (0, 0.0625),
        (7, 0.9375),
        (Decimal("7.5"), 1),
        (8, 1 + 0.5 / 7),
        (14, 1 + 6.5 / 7),
        (28, 2 + 13.5 / 14),
        (29, 3.5),
        (900, 3.5),
    ],
)
def test_a_number_lies_in_its_band(days: Decimal | int, at: float) -> None:
    assert place(days, BANDS) == pytest.approx(at)


def test_more_days_never_lie_before_fewer() -> None:
    places = [place(Decimal(halves) / 2, BANDS) for halves in range(120)]
    assert places == sorted(places)


def test_marks_say_what_they_are() -> None:
    first, second = half_and_nine_of_ten(Decimal("8.5"), 1, BANDS)
    assert (first.label, second.label) == ("Half within 8.5 days", "Nine of ten within 1 day")
