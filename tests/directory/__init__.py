"""Tests of the directory: lists, places and organisations."""
