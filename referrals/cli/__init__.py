"""The terminal: the commands that run, tend and check the service."""
