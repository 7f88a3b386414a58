"""Making a file safe: known by its content, opened in a process of its own, and written anew without what it hid."""
