"""Half-days per week → care fte and working fte (methods §5)."""

from puntlanding.formation.care_fte import Category, Formation, HalfDays, formation_fte

__all__ = ["Category", "Formation", "HalfDays", "formation_fte"]
