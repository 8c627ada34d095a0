"""A function for each command; the command line calls it with its options."""
