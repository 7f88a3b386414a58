"""Answers through the pages: from a request for advice to the page of the area, looked for, corrected, taken down."""

from collections.abc import Callable

from flask import Flask

from tests import people
from tests.knowledge.answers import CHECKS, answered, keep, write
from tests.markup import read, text_of
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
LAMPS = "Is street lighting the council’s statutory job?"


def main(visitor: Visitor, path: str) -> str:
    return text_of(read(visitor.get(path).text).one("main"))


def test_from_the_request_to_the_page_of_the_area(app: Flask, visit: Visit) -> None:
    request = answered()
    worker, lead = visit(people.CASEWORKER), visit(people.LEAD)
    address = f"/answers/new/{request.reference}"
    assert address in worker.get(f"/referrals/{request.reference}").text
    form = worker.get(address)
    # It begins with what was asked and answered.
    assert "The council decides, under the Highways Act" in form.text
    assert 'value="Is street lighting statutory?"' in form.text
    sent = worker.send(form, {"question": LAMPS, "source": "Highways Act 1980, section 97"})
    assert sent.status_code == 303
    home = str(sent.location)
    assert "You wrote this" in main(worker, home)
    assert LAMPS not in main(visit(people.VOLUNTEER), "/answers")
    assert "Waiting to be checked" in main(lead, "/answers")
    assert lead.send(f"{home}/check", {"checks": CHECKS}).location == home
    for who in (people.SECOND_VOLUNTEER, people.SECOND_CASEWORKER):
        page = main(visit(who), home)
        assert "Highways Act 1980, section 97" in page
        assert "checked by Lena Lead" in page
    assert home in lead.get(f"/referrals/{request.reference}").text


def test_words_are_looked_for_and_never_in_an_address(app: Flask, visit: Visit) -> None:
    keep()
    lead = visit(people.LEAD)
    found = lead.send("/answers", {"words": "street lamps"})
    assert (found.status_code, LAMPS in found.text) == (200, True)
    nothing = lead.send("/answers", {"words": "swimming"})
    assert "Nothing was found" in nothing.text
    assert LAMPS in lead.get("/answers?words=swimming").text
    assert "Nothing was found" in visit(people.OTHER_LEAD).send("/answers", {"words": "street"}).text


def test_what_points_at_somebody_is_shown_to_whoever_checks_and_stays_off_the_page(app: Flask, visit: Visit) -> None:
    made = write(answer="Mrs Okafor of 14 Bloemfontein Road was told on 3 March that the council must.")
    lead = visit(people.LEAD)
    page = main(lead, f"/answers/{made.id}/check")
    for words in ("Mrs Okafor", "14 Bloemfontein Road", "3 March"):
        assert f"“{words}”" in page
    refused = lead.send(f"/answers/{made.id}/check", {"checks": CHECKS})
    assert refused.status_code == 422
    assert "Correct it first" in refused.text
    missing = lead.send(f"/answers/{made.id}/check", {"checks": CHECKS[1:]})
    assert missing.status_code == 422


def test_it_is_right_still_corrected_and_taken_down(app: Flask, visit: Visit) -> None:
    made = keep()
    home, lead, manager = f"/answers/{made.id}", visit(people.LEAD), visit(people.MANAGER)
    assert lead.send(home).location == home
    form, second = lead.get(f"{home}/correct"), manager.get(f"{home}/correct")
    assert 'value="Highways Act 1980, section 97"' in form.text
    assert lead.send(form, {"answer": "It may, and need not."}).location == home
    # Of two who had the form open the second is told.
    late = manager.send(second, {"answer": "It must."})
    assert late.status_code == 422
    assert "It must." in late.text
    assert LAMPS not in main(visit(people.VOLUNTEER), "/answers")
    assert manager.send(f"{home}/check", {"checks": CHECKS}).location == home
    assert "It may, and need not." in main(visit(people.VOLUNTEER), home)
    assert lead.send(f"{home}/take-down", {"why": "replaced"}).location == "/answers"
    assert manager.get(home).status_code == 404


def test_a_form_keeps_what_was_typed_and_says_what_is_wrong(app: Flask, visit: Visit) -> None:
    request = answered()
    refused = visit(people.LEAD).send(f"/answers/new/{request.reference}", {"question": "", "answer": "Typed words."})
    assert refused.status_code == 422
    assert "Write the question in one line" in refused.text
    assert "Typed words." in refused.text
    assert "<title>Error: " in refused.text
