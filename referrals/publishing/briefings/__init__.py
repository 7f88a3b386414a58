"""A briefing as it is drafted from kept figures, read as one sheet of plain texts, and mailed with a PDF."""
