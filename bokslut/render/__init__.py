"""Renders the Quarto documents, with the Quarto CLI or with the embedded renderer."""
