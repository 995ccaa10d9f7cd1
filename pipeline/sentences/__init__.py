"""German-aware sentences: from blocks of text to the units of translation."""
