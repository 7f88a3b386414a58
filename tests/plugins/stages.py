"""Where the application under test stands: on SQLite or PostgreSQL, put back to the same people before every test."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import psycopg
from flask import Flask
from psycopg import sql

from referrals.app import document_store, mail_settings
from referrals.documents import stores
from referrals.foundation.database import Base, db
from referrals.notifications import settings as mail
from tests.plugins.postgres import PostgresServer
from tests.plugins.run import run_folder

TEMPLATE = "referrals_template"
# Rows that were deleted stay in the files until somebody cleans up; a new database is clean.
RESETS_TO_A_DATABASE = 150
# What a test could leave behind besides rows: tables, rights, triggers and their functions.
SHAPE = """
SELECT md5(string_agg(line, ';' ORDER BY line)) FROM (
    SELECT concat_ws(',', relname, relkind, relacl::text) FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(',', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger
    UNION ALL SELECT concat_ws(',', proname, md5(prosrc)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS shape(line)
"""


@dataclass
class Stage:
    """One application that lives as long as the worker, and how its database is put back between tests."""

    app: Flask
    kind: str
    url: str
    folder: Path
    server: PostgresServer | None = None
    name: str = ""

    def reset(self) -> None:
        """Bring the database back to the people of tests/people.py and nothing else."""
        self.become(run_folder() / "template.db")

    def become(self, kept: Path | str) -> None:
        """Put a copy of what was kept, a file or the name of a database, in the place of this one."""
        self.let_go()
        for leftover in self.folder.glob("referrals.db*"):
            leftover.unlink()
        shutil.copyfile(kept, self.folder / "referrals.db")

    def go_first(self) -> None:
        """Let mail and documents go where this application has them; whichever was made last has its own places."""
        settings = self.app.extensions["settings"]
        mail.configure(mail_settings(settings))
        stores.configure(document_store(settings))

    def let_go(self) -> None:
        """Close every connection of the application."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


@dataclass
class PostgresStage(Stage):
    """The same on PostgreSQL, where making a database costs more than all that a test does in it."""

    shape: str = ""
    resets: int = RESETS_TO_A_DATABASE
    connection: psycopg.Connection | None = None

    def reset(self) -> None:
        """Empty the tables and fill them again; make the database anew when more than rows was changed."""
        with self.app.app_context():
            db.session.remove()
        self.resets += 1
        if self.resets > RESETS_TO_A_DATABASE or not self.rows_put_back():
            self.make_anew()

    def let_go(self) -> None:
        """Close every connection, so that the database can be copied or dropped."""
        super().let_go()
        if self.connection:
            self.connection.close()
            self.connection = None

    def rows_put_back(self) -> bool:
        """Whether the rows could be put back, and nothing else had changed."""
        if self.connection is None:
            return False
        try:
            if self.connection.execute(SHAPE).fetchone() != (self.shape,):
                return False
            self.connection.execute(PUT_BACK)
        except psycopg.Error:
            # Somebody still holds a lock, or the connection went with its database.
            return False
        return True

    def become(self, kept: Path | str) -> None:
        """The same on the server, to whose database of that name nobody may be connected."""
        assert self.server is not None
        self.let_go()
        self.server.drop_database(self.name)
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self.server.execute(make.format(sql.Identifier(self.name), sql.Identifier(str(kept))))

    def make_anew(self) -> None:
        """A new database from the template."""
        assert self.server is not None
        self.become(TEMPLATE)
        self.connection = self.server.connect(self.name)
        (self.shape,) = self.connection.execute(SHAPE).fetchone() or ("",)
        self.resets = 0


def settle(app: Flask) -> None:
    """Bring everything into the database itself, and close every connection, so that it can be copied."""
    with app.app_context():
        db.session.remove()
        if db.engine.dialect.name == "sqlite":
            with db.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()


def keep_originals(connection: psycopg.Connection) -> None:
    """Keep a copy of every table's rows in a schema of their own, for PUT_BACK."""
    connection.execute("CREATE SCHEMA original")
    for table in Base.metadata.sorted_tables:
        name = sql.Identifier(table.name)
        connection.execute(sql.SQL("CREATE TABLE original.{} AS TABLE public.{}").format(name, name))


def put_back() -> sql.Composed:
    """The statements that bring every table back to its original rows, past triggers and foreign keys."""
    begin = "BEGIN; SET LOCAL lock_timeout = '2s'; SET LOCAL session_replication_role = replica;"
    again = "DELETE FROM public.{0}; INSERT INTO public.{0} SELECT * FROM original.{0};"
    tables = [sql.SQL(again).format(sql.Identifier(table.name)) for table in Base.metadata.sorted_tables]
    return sql.SQL("\n").join([sql.SQL(begin), *tables, sql.SQL("COMMIT;")])


PUT_BACK = put_back()
