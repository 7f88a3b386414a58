"""Names the plugins of the test run; each says itself what it brings."""

pytest_plugins = [
    # First, because tests name days when they are read in.
    "tests.plugins.noon",
    "tests.plugins.run",
    "tests.plugins.postgres",
    "tests.plugins.browser",
    "tests.plugins.application",
    "tests.plugins.demonstration",
    "tests.plugins.visitors",
    "tests.plugins.site",
]
