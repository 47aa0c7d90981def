"""The pages: each asks the rows, lets a presenter tell it, and shows a template."""
