"""The heart: residents, consent, referrals and their life, outcomes, deadlines."""
