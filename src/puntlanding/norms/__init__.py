"""Norm times and what follows from them: volume × norm time = norm hours (methods §1)."""
