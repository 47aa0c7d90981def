"""One module per chart, each a function from a result to a `Picture`."""

from puntlanding.charts.picture import Column, Picture

__all__ = ["Column", "Picture"]
