"""What one more norm hour pays, and whom it costs: the slope of every group's euros."""
