"""What a web server loads: the application, with the settings of the environment."""

from referrals.app import create_app

app = create_app()
