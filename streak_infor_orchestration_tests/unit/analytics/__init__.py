"""Tables without any system around them."""
