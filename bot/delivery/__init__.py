"""What goes out by itself, and when."""
