"""Keeping the figures that a report is made from, as whoever is outside may see them, before anybody drafts it."""

from referrals.accounts.viewer import Viewer
from referrals.publishing.drafting.counting import scope_outside
from referrals.publishing.policy import impact as policy
from referrals.reporting.actions import publish_for_others
from referrals.reporting.periods import Period
from referrals.reporting.publications import OF_ONE
from referrals.reporting.scope import Scope, scope_of


def keep_figures(period: Period, *, by: Viewer) -> None:
    """Keep the figures of the viewer's own organisation over a finished period, where they are not kept yet.

    Raises NotAllowed, and IllegalMove while figures are being counted anew.
    """
    policy.publisher(by)
    keep_figures_of(scope_outside(scope_of(by)), period)


def keep_figures_of(scope: Scope, period: Period) -> None:
    """The same of any organisation, for the service itself; `scope` is that of readers outside. Raises IllegalMove."""
    for name in OF_ONE:
        publish_for_others(name, scope, period)
