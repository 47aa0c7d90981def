"""A hospital's records of one year → its contribution; with any executor, as often as a delivery changes them."""
