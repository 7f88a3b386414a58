"""Who may write, see and answer what is published, one file a noun."""
