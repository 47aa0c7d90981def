"""Long work: queued by a page, done by `puntlanding-web worker`, and found back after whatever ends either of them."""
