"""The impact reports that a viewer may read, their files, and who could be the second person to look at one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer

from referrals.accounts.queries import PersonLine, colleagues
from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.directory.models import Group, Organisation
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.publishing.models import ImpactFile, ImpactReport
from referrals.publishing.policy import impact as policy
from referrals.publishing.workflow import LIVING, OUT


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report on a list."""

    id: UUID
    organisation_id: UUID
    about: str
    period: str
    state: str
    changed_at: datetime
    issued_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The reports there are for a viewer, the newest first: in work, issued, and issued by the areas of a programme."""

    in_work: list[ReportLine]
    issued: list[ReportLine]
    of_areas: list[ReportLine]

    @property
    def is_empty(self) -> bool:
        """Whether there is none at all."""
        return not (self.in_work or self.issued or self.of_areas)


def shelf(viewer: Viewer) -> Shelf:
    """One query. Raises NotAllowed for a role that publishes nothing."""
    own = policy.publisher(viewer)
    theirs = ImpactReport.organisation_id == own
    if viewer.side is Side.PROGRAMME:
        areas = select(Group.organisation_id).where(Group.programme_id == own)
        theirs |= ImpactReport.organisation_id.in_(areas) & ImpactReport.state.in_(OUT)
    query = (
        select(
            ImpactReport.id,
            ImpactReport.organisation_id,
            Organisation.name.label("about"),
            ImpactReport.period,
            ImpactReport.state,
            ImpactReport.changed_at,
            ImpactReport.issued_at,
        )
        .join(Organisation, Organisation.id == ImpactReport.organisation_id)
        .where(theirs)
        .order_by(ImpactReport.changed_at.desc(), ImpactReport.id.desc())
    )
    lines = [ReportLine(*row) for row in db.session.execute(query)]
    return Shelf(
        in_work=[line for line in lines if line.organisation_id == own and line.state not in OUT],
        issued=[line for line in lines if line.organisation_id == own and line.state in OUT],
        of_areas=[line for line in lines if line.organisation_id != own],
    )


def impact_report(report_id: UUID, viewer: Viewer) -> ImpactReport:
    """One report. Raises NotAllowed for a role that publishes nothing, and NotFound."""
    policy.publisher(viewer)
    found = db.session.get(ImpactReport, report_id)
    if found is None or not policy.may_read(found, viewer):
        raise NotFound
    return found


def impact_file(report: ImpactReport, form: str, viewer: Viewer) -> ImpactFile:
    """A file of an issued report. Raises NotFound."""
    query = select(ImpactFile).where(ImpactFile.report_id == report.id, ImpactFile.form == form)
    found = db.session.scalar(query) if policy.may_read(report, viewer) else None
    if found is None:
        raise NotFound
    return found


def digests_of(report: ImpactReport) -> dict[str, str]:
    """The SHA-256 of each file of a report, by its form; for a report that a query has given out."""
    query = select(ImpactFile.form, ImpactFile.sha256).where(ImpactFile.report_id == report.id)
    return {row.form: row.sha256 for row in db.session.execute(query.order_by(ImpactFile.form))}


def living_report(period: str, viewer: Viewer) -> ImpactReport | None:
    """The report of the viewer's organisation over this period that was not replaced by another, if there is one."""
    own = policy.publisher(viewer)
    query = select(ImpactReport).where(
        ImpactReport.organisation_id == own, ImpactReport.period == period, ImpactReport.state.in_(LIVING)
    )
    return db.session.scalars(query.order_by(ImpactReport.drafted_at.desc()).limit(1)).first()


def replacement_of(report: ImpactReport) -> ImpactReport | None:
    """The issued report that corrects this one, if there is one."""
    query = select(ImpactReport).where(ImpactReport.corrects_id == report.id, ImpactReport.state.in_(OUT))
    return db.session.scalars(query.options(defer(ImpactReport.figures)).limit(1)).first()


def correction_in_work(report: ImpactReport) -> ImpactReport | None:
    """The draft that is to correct this one, if somebody has begun one."""
    query = select(ImpactReport).where(ImpactReport.corrects_id == report.id, ImpactReport.state.not_in(OUT))
    return db.session.scalars(query.limit(1)).first()


def publishers(viewer: Viewer) -> list[PersonLine]:
    """The people of the viewer's organisation who may publish for it and can come in now, themselves included."""
    return [person for person in colleagues(viewer) if policy.publishes(person.role)]
