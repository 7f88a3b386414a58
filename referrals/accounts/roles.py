"""The one catalogue of roles and permissions: who, by the nature of their work, may do what."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """Something a role may do, as `noun:verb`; which referrals it reaches is the queries' business."""

    REFERRAL_DRAFT = "referral:draft"
    REFERRAL_SUBMIT = "referral:submit"
    REFERRAL_READ = "referral:read"
    REFERRAL_WORK = "referral:work"
    REFERRAL_ASSIGN = "referral:assign"
    REFERRAL_TRANSFER = "referral:transfer"
    REFERRAL_HAND_OVER = "referral:hand_over"
    REFERRAL_WITHDRAW = "referral:withdraw"
    REFERRAL_ANSWER = "referral:answer"
    NOTE_WRITE = "note:write"
    DOCUMENT_WRITE = "document:write"
    LETTER_WRITE = "letter:write"
    STATIONERY_KEEP = "stationery:keep"
    VIEW_KEEP = "view:keep"
    OUTCOME_RECORD = "outcome:record"
    OUTCOME_CONFIRM = "outcome:confirm"
    CONSENT_RECORD = "consent:record"
    CONSENT_APPROVE = "consent:approve"
    STORY_WRITE = "story:write"
    STORY_APPROVE = "story:approve"
    PEOPLE_MANAGE = "people:manage"
    REPORT_AREA = "report:area"
    REPORT_OFFICE = "report:office"
    REPORT_PROGRAMME = "report:programme"
    BRIEF_READ = "brief:read"
    BRIEF_WRITE = "brief:write"
    BRIEF_ANSWER = "brief:answer"
    KNOWLEDGE_WRITE = "knowledge:write"
    KNOWLEDGE_CHECK = "knowledge:check"
    ENGAGEMENT_READ = "engagement:read"
    ENGAGEMENT_WRITE = "engagement:write"
    MEETING_PLAN = "meeting:plan"
    GRANT_READ = "grant:read"
    GRANT_KEEP = "grant:keep"
    STANCE_ASSESS = "stance:assess"
    STANCE_READ = "stance:read"
    ORGANISATION_MANAGE = "organisation:manage"
    OUTBOX_READ = "outbox:read"
    SERVICE_TEND = "service:tend"


class Side(StrEnum):
    """Which kind of organisation a role belongs to."""

    GROUP = "group"
    OFFICE = "office"
    PROGRAMME = "programme"
    SERVICE = "service"


class Reach(StrEnum):
    """Which referrals a role can come to see at all."""

    OWN = "own"
    ORGANISATION = "organisation"
    NONE = "none"


class Role(StrEnum):
    """The roles of DOMAIN section 1. A resident has no account."""

    VOLUNTEER = "volunteer"
    LEAD = "lead"
    CASEWORKER = "caseworker"
    MANAGER = "manager"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class RoleSpec:
    """What a role is called, where it belongs, how far it sees, and what it may do."""

    label: str
    side: Side
    reach: Reach
    permissions: frozenset[Permission]
    # Roles that people of this role may invite into their own organisation.
    invites: tuple[Role, ...] = ()


_VOLUNTEER = frozenset(
    {
        Permission.REFERRAL_DRAFT,
        Permission.REFERRAL_SUBMIT,
        Permission.REFERRAL_READ,
        Permission.REFERRAL_WITHDRAW,
        Permission.REFERRAL_ANSWER,
        Permission.NOTE_WRITE,
        Permission.DOCUMENT_WRITE,
        Permission.OUTCOME_CONFIRM,
        Permission.CONSENT_RECORD,
        Permission.STORY_WRITE,
        Permission.KNOWLEDGE_WRITE,
        Permission.BRIEF_READ,
        Permission.ENGAGEMENT_WRITE,
        Permission.GRANT_READ,
    }
)
_CASEWORKER = frozenset(
    {
        Permission.REFERRAL_READ,
        Permission.REFERRAL_WORK,
        Permission.REFERRAL_WITHDRAW,
        Permission.NOTE_WRITE,
        Permission.DOCUMENT_WRITE,
        Permission.LETTER_WRITE,
        Permission.OUTCOME_RECORD,
        Permission.CONSENT_RECORD,
        Permission.STORY_WRITE,
        Permission.KNOWLEDGE_WRITE,
        Permission.BRIEF_READ,
        Permission.BRIEF_ANSWER,
    }
)

ROLES: dict[Role, RoleSpec] = {
    Role.VOLUNTEER: RoleSpec("Volunteer", Side.GROUP, Reach.OWN, _VOLUNTEER),
    Role.LEAD: RoleSpec(
        "Area lead",
        Side.GROUP,
        Reach.ORGANISATION,
        _VOLUNTEER
        | {
            Permission.REFERRAL_HAND_OVER,
            Permission.CONSENT_APPROVE,
            Permission.STORY_APPROVE,
            Permission.KNOWLEDGE_CHECK,
            Permission.PEOPLE_MANAGE,
            Permission.REPORT_AREA,
            Permission.BRIEF_WRITE,
            Permission.MEETING_PLAN,
            Permission.GRANT_KEEP,
            Permission.STANCE_ASSESS,
            Permission.STANCE_READ,
        },
        invites=(Role.VOLUNTEER, Role.LEAD),
    ),
    Role.CASEWORKER: RoleSpec("Caseworker", Side.OFFICE, Reach.ORGANISATION, _CASEWORKER),
    Role.MANAGER: RoleSpec(
        "Office manager",
        Side.OFFICE,
        Reach.ORGANISATION,
        _CASEWORKER
        | {
            Permission.REFERRAL_ASSIGN,
            Permission.REFERRAL_TRANSFER,
            Permission.REFERRAL_HAND_OVER,
            Permission.PEOPLE_MANAGE,
            Permission.REPORT_OFFICE,
            Permission.STATIONERY_KEEP,
            Permission.STORY_APPROVE,
            Permission.KNOWLEDGE_CHECK,
            Permission.VIEW_KEEP,
            Permission.BRIEF_WRITE,
        },
        invites=(Role.CASEWORKER, Role.MANAGER),
    ),
    Role.COORDINATOR: RoleSpec(
        "Coordinator",
        Side.PROGRAMME,
        Reach.NONE,
        frozenset(
            {
                Permission.REPORT_PROGRAMME,
                Permission.BRIEF_READ,
                Permission.BRIEF_WRITE,
                Permission.ENGAGEMENT_READ,
                Permission.GRANT_READ,
                Permission.STANCE_READ,
            }
        ),
    ),
    Role.ADMINISTRATOR: RoleSpec(
        "Administrator",
        Side.SERVICE,
        Reach.NONE,
        frozenset(
            {
                Permission.PEOPLE_MANAGE,
                Permission.ORGANISATION_MANAGE,
                Permission.OUTBOX_READ,
                Permission.SERVICE_TEND,
            }
        ),
        invites=tuple(Role),
    ),
}
