"""Slowing down one address on the network: signing in, joining and resetting, beside the limits of each account."""

from flask import Flask, current_app, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

# Many people of one office share an address. Counts are kept by each server process.
limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=False)

# For the POST of each page where something secret is tried.
careful = limiter.shared_limit(
    lambda: current_app.config["THROTTLE"],
    scope="secrets",
    methods=["POST"],
    exempt_when=lambda: not current_app.config["THROTTLED"],
)

# For an address that programs fetch by themselves, many of one office from the same place on the network.
fetched = limiter.shared_limit(
    lambda: current_app.config["THROTTLE_FETCHED"],
    scope="fetched",
    exempt_when=lambda: not current_app.config["THROTTLED"],
)

# For what pages send by themselves while somebody types; each session by itself.
unhurried = limiter.shared_limit(
    lambda: current_app.config["PAGES_ASK"],
    scope="pages",
    key_func=lambda: str(session.get("_user_id") or get_remote_address()),
    exempt_when=lambda: not current_app.config["THROTTLED"],
)


def set_up(app: Flask) -> None:
    """Attach the limits. Settings read: THROTTLE and THROTTLE_FETCHED, such as "60 per 5 minutes"; THROTTLED, off where
    TESTING is on.
    """
    app.config.setdefault("THROTTLE", "60 per 5 minutes")
    app.config.setdefault("THROTTLE_FETCHED", "120 per 5 minutes")
    app.config.setdefault("PAGES_ASK", "60 per minute")
    app.config.setdefault("THROTTLED", not app.config.get("TESTING"))
    limiter.init_app(app)
