"""Letters of an MP's office: what each kind says, whom it may be sent to, how it is made, and what was sent."""
