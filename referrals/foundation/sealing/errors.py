"""What can go wrong with a seal, none of it ever carrying the sealed text or a key."""


class SealError(Exception):
    """Something about a seal or a key is wrong; the parent of all below."""


class SealBroken(SealError):
    """The sealed bytes were changed, cut, or belong to another table, column or row."""


class KeyMissing(SealError):
    """The key ring has no key of that id: it is an older ring, or the ring of another installation."""


class KeyDestroyed(SealError):
    """The row's key was destroyed (the person was erased): nothing more can be sealed in it."""


class KeyRingError(SealError):
    """The key ring cannot be read, trusted or written; the message says what to do."""


class NotConfigured(SealError):
    """Something was to be sealed or opened before the process was given its vault."""
