"""Human references: their form, what is forgiven, and that no single slip of the hand passes."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.foundation.references import ALPHABET, BadReference, is_reference, new_reference, normalise_reference

seeds = st.integers(0, 2**32)


def a_reference(seed):
    return new_reference(Random(seed))


def bare(reference):
    return reference.removeprefix("R-").replace("-", "")


def test_the_form_is_the_printed_one():
    reference = new_reference()
    assert len(reference) == len("R-7K3F-92X")
    assert reference[:2] == "R-"
    assert reference[6] == "-"
    assert set(bare(reference)) <= set(ALPHABET)


def test_the_example_shown_to_people_has_the_form_of_a_reference():
    assert len(set(ALPHABET)) == len(ALPHABET) == 23
    assert not set(ALPHABET) & set("AEIOU01LSZ")


def test_the_same_source_gives_the_same_references_and_the_secure_one_never():
    assert [a_reference(7) for _ in range(3)] == [a_reference(7)] * 3
    assert len({new_reference() for _ in range(2000)}) > 1990


@pytest.mark.parametrize("seed", range(5))
def test_every_single_wrong_character_is_caught(seed):
    code = bare(a_reference(seed))
    slips = [
        code[:place] + wrong + code[place + 1 :]
        for place in range(len(code))
        for wrong in ALPHABET
        if wrong != code[place]
    ]
    assert len(slips) == 7 * 22
    assert not [slip for slip in slips if is_reference(slip)]


@pytest.mark.parametrize("place", range(6))
def test_every_swap_of_neighbours_is_caught(place):
    """For each pair of neighbours every pair of different characters is tried, the check character included."""
    tried = set()
    random = Random(place)
    while len(tried) < 23 * 22:
        code = bare(new_reference(random))
        one, other = code[place], code[place + 1]
        if one == other:
            continue
        tried.add((one, other))
        assert not is_reference(code[:place] + other + one + code[place + 2 :])


@given(seeds)
def test_any_two_swapped_characters_are_caught(seed):
    code = bare(a_reference(seed))
    for first, second in pairwise(range(0, 7, 2)):
        swapped = list(code)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        assert is_reference("".join(swapped)) == (code[first] == code[second])


@given(seeds)
def test_what_people_type_is_forgiven(seed):
    reference = a_reference(seed)
    code = bare(reference)
    spaced = f" r {code[:4].lower()}  {code[4:].lower()} "
    curly = reference.replace("-", "\u2013")
    for typed in (reference, reference.lower(), code, code.lower(), "R" + code, "R-" + code, spaced, curly):
        assert normalise_reference(typed) == reference


def test_a_code_that_itself_begins_with_r_is_read_with_and_without_the_prefix():
    reference = next(one for one in map(a_reference, range(1000)) if bare(one).startswith("R"))
    for typed in (reference, bare(reference), "R" + bare(reference), "R-" + bare(reference)):
        assert normalise_reference(typed) == reference


@given(seeds)
def test_a_missing_character_is_never_taken_for_another_reference(seed):
    reference = a_reference(seed)
    assert not any(is_reference(reference[:place] + reference[place + 1 :]) for place in (2, 3, 4, 5, 7, 8, 9))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter a reference"),
        ("R-", "Enter a reference"),
        ("   ", "Enter a reference"),
        ("R-7K3F-92", "7 characters"),
        ("R-7K3F-92X-7K3F", "7 characters"),
        ("R-7K0F-92X", "never 0, 1 or a vowel"),
        ("R-7K3F\x0092X", "never 0, 1 or a vowel"),
        ("\u0660\u0661\u0662\u0663\u0664\u0665\u0666", "never 0, 1 or a vowel"),
    ],
)
def test_a_bad_reference_is_refused_in_plain_words(typed, says):
    with pytest.raises(BadReference, match=says):
        normalise_reference(typed)


@given(st.text())
def test_no_text_breaks_it(text):
    assert is_reference(text) in {True, False}
