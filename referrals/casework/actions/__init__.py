"""The verbs of casework, one file a noun; every one takes `by`, checks, changes, records, and never commits."""
