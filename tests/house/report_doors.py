"""The doors of the reports, each as a page and as a file, and who may go through."""

from tests.house.brief_doors import BRIEFS
from tests.house.briefing_doors import BRIEFINGS
from tests.house.doors import COORDINATORS, EVERYBODY, LEADS, MANAGERS, NOBODY, Door
from tests.house.register_doors import ENGAGEMENT

GET = ("GET",)

REPORTERS = LEADS | MANAGERS | COORDINATORS
REPORTS = [
    # Briefs are written from what a report shows to come again.
    *BRIEFS,
    *BRIEFINGS,
    *ENGAGEMENT,
    Door("figures.index", "/figures", public=True, methods=GET),
    # The programme of the scene has too few groups for figures.
    Door("figures.show", "/figures/big-local", public=True, hidden=EVERYBODY, methods=GET),
    Door("figures.download", "/figures/big-local/download", public=True, hidden=EVERYBODY, methods=GET),
    Door("reports.index", "/reports", REPORTERS, methods=GET),
    Door("reports.show", "/reports/outcomes", REPORTERS, methods=GET),
    Door("reports.show", "/reports/agencies", MANAGERS | COORDINATORS, LEADS, methods=GET),
    Door("reports.download", "/reports/agencies/download", MANAGERS | COORDINATORS, LEADS, methods=GET),
    Door("reports.show", "/reports/decisions", REPORTERS, methods=GET),
    Door("reports.show", "/reports/residents_view", REPORTERS, methods=GET),
    Door("reports.show", "/reports/areas", MANAGERS | COORDINATORS, LEADS, methods=GET),
    Door("reports.show", "/reports/together", COORDINATORS, LEADS | MANAGERS, methods=GET),
    Door("reports.download", "/reports/together/download", COORDINATORS, LEADS | MANAGERS, methods=GET),
    Door("reports.show", "/reports/workload", LEADS | MANAGERS, COORDINATORS, methods=GET),
    Door("reports.show", "/reports/money", REPORTERS, methods=GET),
    Door("reports.show", "/reports/waiting", REPORTERS, methods=GET),
    Door("reports.show", "/reports/consents", LEADS | MANAGERS, COORDINATORS, methods=GET),
    Door("reports.show", "/reports/stages", LEADS | MANAGERS, COORDINATORS, methods=GET),
    Door("reports.show", "/reports/work", LEADS | MANAGERS, COORDINATORS, methods=GET),
    Door("reports.show", "/reports/patterns", LEADS | MANAGERS, COORDINATORS, methods=GET),
    Door("reports.show", "/reports/outcomes?period=gibberish", NOBODY, REPORTERS, methods=GET),
    Door("reports.show", "/reports/gibberish", NOBODY, REPORTERS, methods=GET),
    Door("reports.download", "/reports/outcomes/download", REPORTERS, methods=GET),
    Door("reports.behind", "/reports/outcomes/behind?cell=received", LEADS | MANAGERS, methods=GET),
    Door("reports.behind", "/reports/outcomes/behind?cell=gibberish", NOBODY, LEADS | MANAGERS, methods=GET),
]
