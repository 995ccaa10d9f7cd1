"""Briefs in the formats that editorial systems read."""
