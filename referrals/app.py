"""Puts the service together: the only module that knows every room."""

import logging
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from sqlalchemy import Engine, inspect
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from referrals.accounts import models as accounts_models
from referrals.accounts import passwords
from referrals.accounts.queries.demo import has_demo_people
from referrals.audit import models as audit_models
from referrals.casework import models as casework_models
from referrals.cli.catalogue import COMMANDS
from referrals.correspondence import models as correspondence_models
from referrals.directory import models as directory_models
from referrals.documents import models as documents_models
from referrals.documents import scanning, stores
from referrals.engagement import models as engagement_models
from referrals.foundation import engines, receipts, sealing
from referrals.foundation.database import db
from referrals.knowledge import models as knowledge_models
from referrals.notifications import models as notifications_models
from referrals.notifications import papers
from referrals.notifications import settings as mail
from referrals.publishing.briefings import posting
from referrals.reporting import models as reporting_models
from referrals.reporting.summaries import models as summary_models
from referrals.stories import models as stories_models
from referrals.web import access, errors, navigation, throttle
from referrals.web.look import dress
from referrals.web.security import protect
from referrals.web.views import BLUEPRINTS

MEGABYTE = 1024 * 1024
MIGRATIONS = config.ROOT / "migrations"

# Named so that every table is known before the first query, whichever page asks it.
TABLES = (
    accounts_models,
    audit_models,
    casework_models,
    correspondence_models,
    directory_models,
    documents_models,
    engagement_models,
    knowledge_models,
    notifications_models,
    stories_models,
    receipts,
    summary_models,
    reporting_models,
)

migrate = Migrate(render_as_batch=True, compare_type=True)


def create_app(settings: config.Settings | None = None) -> Flask:
    """The whole service with these settings, or with those of the environment; raises UnsafeSettings when unfit."""
    settings = settings or config.load()
    app = Flask(
        "referrals",
        root_path=str(config.ROOT / "referrals"),
        template_folder=str(config.ROOT / "templates"),
        static_folder=None,
        instance_path=str(config.ROOT / "instance"),
    )
    app.config.from_mapping(flask_settings(settings))
    app.extensions["settings"] = settings
    set_up_logging(settings)
    sealing.configure(sealing.Vault(load_key_ring(settings), reload=lambda: load_key_ring(settings)))
    passwords.configure(password_cost(settings))
    mail.configure(mail_settings(settings))
    papers.configure({posting.KIND: posting.paper_of})
    stores.configure(document_store(settings))
    scanning.configure(scanning.Scanner(settings.clamd_address) if settings.clamd_address else None)
    set_up_database(app)
    if settings.production:
        refuse_unsafe_data(app, settings)
    set_up_pages(app, settings)
    for command in COMMANDS:
        app.cli.add_command(command)
    return app


def flask_settings(settings: config.Settings) -> dict[str, object]:
    """Our settings under the names that Flask and its extensions read."""
    return {
        "SECRET_KEY": settings.secret_key,
        "DEBUG": settings.debug,
        "TESTING": settings.testing,
        "PRODUCTION": settings.production,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engines.engine_options(settings.database_url),
        "MAX_CONTENT_LENGTH": MEGABYTE,
        "ALLOWED_HOSTS": settings.allowed_hosts,
        "PREFERRED_URL_SCHEME": "https" if settings.production else "http",
        "SESSION_COOKIE_NAME": "__Host-session" if settings.production else "referrals_session",
        "SESSION_COOKIE_SECURE": settings.production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SERVICE_OWNER": settings.service_owner,
        "SERVICE_CONTACT": settings.service_contact,
    }


def load_key_ring(settings: config.Settings) -> sealing.KeyRing:
    """The key ring from the environment or its file; made on first run, except in production."""
    if settings.key_ring:
        return sealing.KeyRing.from_text(settings.key_ring)
    if settings.production:
        return sealing.KeyRing.load(settings.key_ring_file)
    settings.key_ring_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return sealing.KeyRing.load_or_create(settings.key_ring_file)


def password_cost(settings: config.Settings) -> passwords.Cost:
    """What a password hash costs; next to nothing in tests, which sign in thousands of times."""
    return passwords.Cost(passes=1, memory_kib=8) if settings.testing else passwords.Cost()


def mail_settings(settings: config.Settings) -> mail.MailSettings:
    """How mail leaves; raises UnsafeSettings for a transport or a protection that there is not."""
    try:
        return mail.MailSettings(
            base_url=settings.base_url,
            templates=config.ROOT / "templates" / "email",
            sender=settings.mail_from,
            transport=mail.Transport(settings.mail_transport),
            folder=settings.mail_folder,
            smtp_host=settings.smtp_host,
            smtp_port=settings.smtp_port,
            smtp_security=mail.SmtpSecurity(settings.smtp_security),
            smtp_user=settings.smtp_user or None,
            smtp_password=settings.smtp_password or None,
        )
    except ValueError as fault:
        raise config.UnsafeSettings(f"The mail settings cannot be used: {fault}.") from None


def document_store(settings: config.Settings) -> stores.Store:
    """Where documents lie; raises UnsafeSettings for a store that there is not, or a bucket without a name."""
    if settings.document_store == "folder":
        return stores.FolderStore(settings.document_folder)
    if settings.document_store != "s3" or not settings.s3_bucket:
        raise config.UnsafeSettings("DOCUMENT_STORE must be folder, or s3 with its S3_BUCKET.")
    given = {
        "region": settings.s3_region,
        "endpoint": settings.s3_endpoint,
        "access_key_id": settings.s3_access_key_id,
        "secret_access_key": settings.s3_secret_access_key,
    }
    return stores.s3_store(settings.s3_bucket, {name: value for name, value in given.items() if value})


def set_up_logging(settings: config.Settings) -> None:
    """Plain lines to standard error, at home only what is wrong; nothing that a person typed is ever logged."""
    level = logging.INFO if settings.production else logging.WARNING
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")


def set_up_database(app: Flask) -> None:
    """Connect the database, with the profile its kind needs, and the migrations."""
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite:///"):
        Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(MIGRATIONS))
    with app.app_context():
        engine: Engine = db.engine
        engines.prepare(engine)


def refuse_unsafe_data(app: Flask, settings: config.Settings) -> None:
    """Refuse to start in production on demo people, or on an SQLite that several processes can corrupt."""
    faults = []
    with app.app_context():
        shared = db.engine.dialect.name == "sqlite" and settings.web_processes > 1
        if shared and not engines.wal_is_safe():
            faults.append("This SQLite can corrupt a shared database. Set WEB_PROCESSES=1, or use PostgreSQL.")
        if inspect(db.engine).has_table("people") and has_demo_people():
            faults.append("The demo people are in this database, with a known password. Use a database of its own.")
        db.session.remove()
    if faults:
        raise config.UnsafeSettings("\n- ".join(["This is not safe to start in production:", *faults]))


def set_up_pages(app: Flask, settings: config.Settings) -> None:
    """The pages, their looks and their guards; the guards come first, and look at a request in this order."""
    protect(app)
    errors.handle(app)
    throttle.set_up(app)
    access.set_up(app)
    dress(app)
    navigation.set_up(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    access.check_every_endpoint(app)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
