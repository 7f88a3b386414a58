"""Summary tables: what each referral counts as, and its sums for each owner and month, kept up with the audit books."""
