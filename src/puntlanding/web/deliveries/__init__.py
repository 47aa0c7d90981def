"""A hospital's records on their way in: sealed as they come, read in memory, checked, and then in the store or gone."""
