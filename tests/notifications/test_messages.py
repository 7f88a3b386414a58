"""What a message may carry: a reference and a path, and nothing else."""

import pytest

from referrals.casework.workflow import TRANSITIONS
from referrals.notifications.messages import ConsentApprovalAsked, Invited, Message, ReferralAccepted

REFERENCE = "R-7K3F-92X"


def test_a_message_is_named_like_its_template() -> None:
    assert ReferralAccepted.template() == "referral_accepted.txt"
    assert ConsentApprovalAsked.template() == "consent_approval_asked.txt"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "join/x",
        "//elsewhere.example/x",
        "https://elsewhere.example/",
        "/x y",
        "/x\nBcc: a@b.example",
        "/" + "x" * 301,
    ],
)
def test_only_a_path_of_the_service_is_taken(path: str) -> None:
    with pytest.raises(ValueError, match="path"):
        Invited(path=path)


@pytest.mark.parametrize("reference", ["", "Mrs Jones", "R-7K3F-92X\nBcc: a@b.example", "R-7K3F-92X Smith", "housing"])
def test_only_a_reference_is_taken(reference: str) -> None:
    with pytest.raises(ValueError, match="reference"):
        ReferralAccepted(path="/referrals/x", reference=reference)


def test_what_was_refused_is_not_quoted() -> None:
    with pytest.raises(ValueError, match="reference") as refusal:
        ReferralAccepted(path="/referrals/x", reference="Mrs Jones")
    assert "Jones" not in str(refusal.value)


def test_its_params_are_its_fields() -> None:
    message = ReferralAccepted(path="/referrals/x", reference=REFERENCE)
    assert message.params() == {"path": "/referrals/x", "reference": REFERENCE}


def test_every_message_of_the_workflow_is_in_the_catalogue() -> None:
    told = {tell.message for transition in TRANSITIONS.values() for tell in transition.tells}
    names = {name if isinstance(name, str) else name.__name__ for name in told}
    assert names <= set(Message.kinds)
