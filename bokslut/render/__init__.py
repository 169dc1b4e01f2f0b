"""The embedded renderer: Quarto documents to HTML, PDF and DOCX without the Quarto CLI."""

from bokslut.render.project import Problem, RenderFailed
from bokslut.render.run import render

__all__ = ["Problem", "RenderFailed", "render"]
