"""Stories told through the pages, on both databases."""
