"""What a brief is made of: its figures, its sentences, what of an MP's skills fits, and the page as it is printed."""
