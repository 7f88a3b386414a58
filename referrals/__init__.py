"""Referrals: a service that carries a resident's issue from a community group to an MP's office and back."""
