"""Half-days per week → care fte and working fte (methods §5)."""

from puntlanding.formation.care_fte import Category, Formation, HalfDays, RoleFte, formation_fte, role_fte

__all__ = ["Category", "Formation", "HalfDays", "RoleFte", "formation_fte", "role_fte"]
