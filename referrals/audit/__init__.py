"""The audit books: who did or read what, chained so that nobody can rewrite it."""
