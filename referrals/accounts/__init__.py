"""People, their roles, signing in and staying signed in."""
