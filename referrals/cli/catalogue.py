"""Every command of the service, in the order that `flask --help` is read."""

from typing import Final

import click

from referrals.cli.audit import audit_commands
from referrals.cli.demo.commands import demo
from referrals.cli.directory import directory
from referrals.cli.documents import documents
from referrals.cli.keys import key_commands
from referrals.cli.people import people
from referrals.cli.reports import report_commands
from referrals.cli.search import search_commands
from referrals.cli.serve import prepare, serve
from referrals.cli.worker import worker

COMMANDS: Final[tuple[click.Command, ...]] = (
    serve,
    prepare,
    worker,
    people,
    demo,
    audit_commands,
    directory,
    documents,
    key_commands,
    search_commands,
    report_commands,
)
