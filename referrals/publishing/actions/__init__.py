"""What is done with what is published: drafted from figures, edited, approved, sent, and answered."""
