"""Publishing: what is written from figures for somebody to act on, approved by a second person, and kept as sent."""
