"""Who is who: programmes, groups, constituencies, MPs and their offices, agencies, and the closed lists."""
