"""Contributions → what a norm fte is: peer groups, ex-ante and ex-post rates, efficiency, and the exchange between hospitals."""
