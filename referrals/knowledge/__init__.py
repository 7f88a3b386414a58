"""What an area and its MP's office have learnt: answers to requests for advice, without anybody in them."""
