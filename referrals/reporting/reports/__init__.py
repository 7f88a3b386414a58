"""The reports, a module or a package each; `reporting/catalogue.py` names them."""
