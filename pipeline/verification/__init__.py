"""Say whether a finished run can be trusted: compute from its files what it says again."""
