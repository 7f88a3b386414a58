"""How a name sounds: the codes by which a half-remembered spelling still finds it.

Two codes a word, and one in common is enough. Metaphone follows English spelling (Smith and Smyth, Stephen and Steven,
Wright and Right); NYSIIS was made for the names of many origins (Khan and Kahn, Sean and Shaun, Singh and Sing). A few
spellings that both miss are made alike first. What neither can know is a name whose letters do not say its sound:
Siobhan is not found by Shivaun, Niamh not by Neve, Wisniewski not by Vishnevski, nor is anything written in another
script than the Latin one, except by itself.
"""

import re
from typing import Final

from jellyfish import metaphone, nysiis

# Shorter words have no sound worth comparing: they must be spelled right.
SHORTEST: Final = 3
_ALIKE: Final = (
    # Thompson, Thomson.
    (re.compile(r"mps"), "ms"),
    # Stewart, Stuart.
    (re.compile(r"ewar"), "uar"),
    # Nguyen, Nguyn.
    (re.compile(r"uye"), "uy"),
    # Johnston, Johnson.
    (re.compile(r"nston$"), "nson"),
    # Ayesha, Aisha.
    (re.compile(r"ayes"), "ais"),
    # Hughes, Hewes, Hews.
    (re.compile(r"^(?:hugh|hew)e?s$"), "hews"),
)
# Kowalski, Kovalski: for the one code that keeps them apart; the other one is right about Stewart and Howard.
_W: Final = re.compile(r"w(?=[aeiou])")


def sounds(word: str) -> list[str]:
    """The codes of one word of a name, as `index_words.words` gives it; of a short or foreign word the word itself."""
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return [word]
    for pattern, spelling in _ALIKE:
        word = pattern.sub(spelling, word)
    # The letter in front keeps the two kinds of code apart.
    codes = ("m" + metaphone(_W.sub("v", word)), "n" + nysiis(word))
    return [code for code in codes if len(code) > 1]
