"""Tests of sealing: keys, seals, sealed attributes, rotation and the blind index."""
