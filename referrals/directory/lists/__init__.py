"""The closed lists: one TOML file a list, stable codes, two levels deep; a code is retired, never deleted."""

from referrals.directory.lists.catalogue import (
    ANY_PARENT,
    Item,
    ListFault,
    Target,
    choices,
    codes,
    current,
    item,
    items,
    label,
    list_codes,
    title,
)
from referrals.directory.lists.loading import AGENCIES, VanishedCode, load_lists

__all__ = [
    "AGENCIES",
    "ANY_PARENT",
    "Item",
    "ListFault",
    "Target",
    "VanishedCode",
    "choices",
    "codes",
    "current",
    "item",
    "items",
    "label",
    "list_codes",
    "load_lists",
    "title",
]
