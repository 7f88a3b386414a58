"""The machinery of the test run: what starts and stops real parts for the tests."""
