"""Tests of the books: what is recorded, what cannot be changed, and what verification finds."""
