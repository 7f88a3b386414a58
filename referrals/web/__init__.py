"""The pages: views, forms and what every answer over HTTP has in common."""
