"""Moving: every transition from every state by everybody, and what each leaves behind."""

import pytest
from flask import Flask

from referrals.casework.workflow import STATES
from tests.casework import cases


@pytest.mark.parametrize("state", STATES)
def test_every_state_can_be_reached(app: Flask, state: str) -> None:
    assert cases.make_referral(state).state == state
