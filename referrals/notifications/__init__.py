"""Telling people by mail: an outbox kept in the transaction, and the worker that empties it."""
