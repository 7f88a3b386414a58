"""Documents on referrals: taken in only when they can be made safe, kept sealed, and given out as downloads."""
