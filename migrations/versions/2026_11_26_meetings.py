"""Meetings of areas with their MPs, and what they talk about.

Revision: meetings
Follows: reports_of_now
"""

import sqlalchemy as sa
from alembic import op

from referrals.foundation.columns import UtcMoment

revision = 'meetings'
down_revision = 'reports_of_now'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mp_meetings',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('term_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('rhythm', sa.String(length=20), nullable=False),
    sa.Column('starts_at', UtcMoment(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('after_id', sa.Uuid(), nullable=True),
    sa.Column('came_of_id', sa.Uuid(), nullable=True),
    sa.Column('contact_id', sa.Uuid(), nullable=True),
    sa.Column('member_invited', sa.Boolean(), nullable=False),
    sa.Column('ours', sa.JSON(), nullable=False),
    sa.Column('known', sa.JSON(), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=True),
    sa.Column('came', sa.Integer(), nullable=True),
    sa.Column('planned_at', UtcMoment(), nullable=False),
    sa.Column('planned_by_id', sa.Uuid(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('changed_at', UtcMoment(), nullable=False),
    sa.Column('cancelled_at', UtcMoment(), nullable=True),
    sa.Column('cancelled_by_id', sa.Uuid(), nullable=True),
    sa.Column('reminded_for', UtcMoment(), nullable=True),
    sa.Column('subject_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('place_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('link_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('guests_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['after_id'], ['mp_meetings.id'], name=op.f('fk_mp_meetings_after_id_mp_meetings')),
    sa.ForeignKeyConstraint(['came_of_id'], ['mp_contacts.id'], name=op.f('fk_mp_meetings_came_of_id_mp_contacts'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['cancelled_by_id'], ['people.id'], name=op.f('fk_mp_meetings_cancelled_by_id_people')),
    sa.ForeignKeyConstraint(['contact_id'], ['mp_contacts.id'], name=op.f('fk_mp_meetings_contact_id_mp_contacts'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_mp_meetings_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['planned_by_id'], ['people.id'], name=op.f('fk_mp_meetings_planned_by_id_people')),
    sa.ForeignKeyConstraint(['term_id'], ['terms.id'], name=op.f('fk_mp_meetings_term_id_terms')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mp_meetings'))
    )
    with op.batch_alter_table('mp_meetings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mp_meetings_after_id'), ['after_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mp_meetings_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mp_meetings_organisation_id_starts_at'), ['organisation_id', 'starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_mp_meetings_starts_at'), ['starts_at'], unique=False)

    op.create_table('mp_agenda_items',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=20), nullable=False),
    sa.Column('source_id', sa.Uuid(), nullable=True),
    sa.Column('left_out', sa.Boolean(), nullable=False),
    sa.Column('words_sealed', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['mp_meetings.id'], name=op.f('fk_mp_agenda_items_meeting_id_mp_meetings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mp_agenda_items')),
    sa.UniqueConstraint('meeting_id', 'source', 'source_id', name=op.f('uq_mp_agenda_items_meeting_id_source_source_id'))
    )
    with op.batch_alter_table('mp_agenda_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mp_agenda_items_meeting_id_place'), ['meeting_id', 'place'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('mp_agenda_items', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mp_agenda_items_meeting_id_place'))

    op.drop_table('mp_agenda_items')
    with op.batch_alter_table('mp_meetings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mp_meetings_starts_at'))
        batch_op.drop_index(batch_op.f('ix_mp_meetings_organisation_id_starts_at'))
        batch_op.drop_index(batch_op.f('ix_mp_meetings_contact_id'))
        batch_op.drop_index(batch_op.f('ix_mp_meetings_after_id'))

    op.drop_table('mp_meetings')
