"""Renders the Quarto documents, with the Quarto CLI or with the embedded renderer."""

from bokslut.render.command import check_report, progress, renderer
from bokslut.render.project import Problem, RenderFailed

__all__ = ["Problem", "RenderFailed", "check_report", "progress", "renderer"]
