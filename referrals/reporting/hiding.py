"""What a report says of the numbers that it does not show."""

from referrals.reporting.report import Definition


def hidden_numbers(threshold: int) -> Definition:
    """Why some are hidden, for readers who do not own the referrals."""
    return Definition(
        "Hidden numbers",
        f"Counts under {threshold} are hidden, so that no resident can be recognised in a table, and so is a number "
        "from which a hidden one could be worked out, also with the help of the other reports of the quarter. Medians "
        f"are shown only where at least {threshold} referrals are behind them, and what nine of ten took only where "
        f"{5 * threshold} are. Percentages are taken from the rounded numbers.",
    )
