"""What people do here: each action writes its event in the same transaction, or nothing happens."""
