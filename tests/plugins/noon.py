"""Every run of the tests begins at noon of its day: whatever hour it is, no test comes near midnight.

The clock goes on from there as any other. What happens at a certain hour is tested at that hour, by `clock_at`.
Programs that a test starts beside itself have the time of the machine.
"""

from referrals.foundation import clock

_present = clock.now()
clock.run_ahead(_present.astimezone(clock.LONDON).replace(hour=12, minute=0) - _present)
