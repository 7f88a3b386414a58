"""Reading casework, always for a viewer; what somebody may not see does not exist for them."""
