"""Made-up but real-looking data: nothing in it is about a real hospital or person."""
