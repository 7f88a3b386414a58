"""The machinery of the tests: PostgreSQL answers, the browser opens pages, and servers end with the run."""

import psycopg
from playwright.sync_api import Page

from tests.plugins.postgres import PostgresServer


def test_postgresql_answers(postgres: PostgresServer) -> None:
    with postgres.connect() as connection:
        version = connection.execute("select version()").fetchone()
    assert version is not None
    assert version[0].startswith("PostgreSQL 18")


def test_a_fresh_database_is_empty_and_ones_own(postgres_url: str, fresh_postgres_url: str) -> None:
    address = fresh_postgres_url.replace("+psycopg", "")
    with psycopg.connect(address) as connection:
        tables = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert tables == (0,)
    assert fresh_postgres_url != postgres_url


def test_the_browser_opens_a_page(page: Page) -> None:
    page.set_content("<!doctype html><html lang=en><title>A page</title><h1>Hello</h1>")
    assert page.title() == "A page"
    assert page.evaluate("innerWidth") == 1280


def test_the_phone_is_narrow(phone: Page) -> None:
    phone.set_content(
        "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>A page</title>"
    )
    assert phone.evaluate("innerWidth") == 360
