"""puntlanding: an open capacity model for Dutch medical specialist care."""

__version__ = "0.1.0"
