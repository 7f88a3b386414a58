"""Tests of the messages, the outbox, and how it is delivered."""
