"""Every run of the tests begins at a noon, the last one there was: whatever hour it is, no test comes near midnight.

The clock goes on from there as any other. What happens at a certain hour is tested at that hour, by `clock_at`.
Programs that a test starts beside itself have the time of the machine, for which nothing here lies in the future.
"""

from datetime import timedelta

from referrals.foundation import clock

_present = clock.now()
_noon = _present.astimezone(clock.LONDON).replace(hour=12, minute=0)
clock.run_ahead((_noon if _noon <= _present else _noon - timedelta(days=1)) - _present)
