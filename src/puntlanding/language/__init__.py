"""Dutch (default) and English: sentences, terms and the notation of numbers."""

from puntlanding.language.notation import Language, number

__all__ = ["Language", "number"]
