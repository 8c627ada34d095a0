"""What a user asks for: a function for each command, which the command line calls with its options."""
