"""Numbers out of the house: reports for each audience, with small counts hidden where they must be."""
