"""Measurements for people to run; pytest collects nothing here."""
