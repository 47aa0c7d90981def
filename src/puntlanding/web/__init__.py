"""The web application: the second door beside the command line. It computes nothing, and nothing imports it."""
