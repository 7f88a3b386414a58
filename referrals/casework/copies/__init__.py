"""Copies of referrals in bulk, for demonstration and measurement: as sealed, indexed and booked as any other."""
