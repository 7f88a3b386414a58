"""Case studies: what came of a referral, told with the person's permission and nothing in it that says who they are."""
