"""Reads of what is published: every one takes the viewer, and what is not theirs is not there."""
