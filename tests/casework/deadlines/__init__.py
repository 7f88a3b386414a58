"""Tests of the rights clock."""
