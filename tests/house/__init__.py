"""Tests that watch the rules of the house."""
