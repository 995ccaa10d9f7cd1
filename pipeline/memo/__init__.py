"""Remember model outputs by content."""
