"""What pages show of a referral: turns what the rooms know into the plain values that templates read."""
