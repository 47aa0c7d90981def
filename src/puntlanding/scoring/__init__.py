"""The score: a net surcharge or discount on norm fte for efficiency and appropriate care (methods §4)."""

from puntlanding.scoring.factor import EfficiencyFigure, ScoreInputs, budget_factors, realisation_factors, weighs

__all__ = ["EfficiencyFigure", "ScoreInputs", "budget_factors", "realisation_factors", "weighs"]
