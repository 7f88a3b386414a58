"""Tests of the room engagement."""
