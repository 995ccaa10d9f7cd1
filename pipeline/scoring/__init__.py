"""Score briefs against references, and compare facts."""
