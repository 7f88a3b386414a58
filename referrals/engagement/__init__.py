"""An area and its MP, working together: the log of contacts and what was to be done after them."""
