"""What every test stands on. The settings of the tests are in ``tests/settings.py``."""

pytest_plugins = [
    "tests.plugins.needs",
    "tests.plugins.servers",
    "tests.plugins.browser",
    "tests.plugins.live_site",
    "tests.plugins.site",
    "tests.plugins.monday",
    "tests.plugins.reading",
    "tests.plugins.kill_table",
]
