"""Categories as the rows of a report: in the order of their list, and those without one last."""

from typing import Final

from referrals.directory import lists

NO_CATEGORY: Final = "No category"


def category_labels() -> dict[str, str]:
    """What each category is called, by its code; "" is that of referrals without one."""
    return {**{item.code: item.label for item in lists.items("categories")}, "": NO_CATEGORY}
