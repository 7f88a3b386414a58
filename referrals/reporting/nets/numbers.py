"""The exact counts of a quarter by their keys, and what a net asks of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from referrals.reporting.chains import Count
from referrals.reporting.deduction import Edge, Key, alone

TOTAL: Final = "total"


class Numbers:
    """Counts by key; what was put into a net is remembered, so that nothing is left out of all."""

    def __init__(self, exact: Mapping[Key, int]) -> None:
        self._exact = exact
        self._used: set[Key] = set()

    def __getitem__(self, key: Key) -> int:
        return self._exact.get(key, 0)

    def one(self, key: Key) -> list[Count]:
        """A count as a bundle of its own; empty where no report shows it."""
        return self.each([key])

    def each(self, keys: Iterable[Key]) -> list[Count]:
        """The counts of these keys that there are."""
        found = [Count(key, self._exact[key]) for key in keys if key in self._exact]
        self._used.update(count.key for count in found)
        return found

    def beginning(self, begin: str) -> list[Count]:
        """The counts whose keys begin so."""
        return self.each([key for key in self._exact if key[0] == begin])

    def unseen(self, keys: Iterable[Key]) -> list[Count]:
        """The same for counts that no table of the quarter's reports holds."""
        return [count._replace(shown=False) for count in self.each(keys)]

    def rest(self, name: Key, whole: int, parts: Iterable[Count] = ()) -> list[Count]:
        """What is left of a whole without some parts: nobody is shown it, and everybody can work it out."""
        return [Count(("rest", *name), whole - sum(part.value for part in parts), shown=False)]

    def names(self, *begin: str) -> list[str]:
        """What comes next in the keys that begin so, without the total, in the order of the reports."""
        place = len(begin)
        found = (key[place] for key in self._exact if key[:place] == begin and len(key) > place)
        return list(dict.fromkeys(name for name in found if name != TOTAL))

    def left(self) -> Iterator[Edge]:
        """Those that no net has used, each for itself."""
        for key, value in self._exact.items():
            if key not in self._used:
                yield alone(key, value)
