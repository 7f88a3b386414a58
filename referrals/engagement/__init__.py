"""An area and its MP, working together: the log of contacts, what is known of the MP, and where the two stand."""
