"""bokslut: a tested data warehouse for Swedish municipal annual reports."""
