"""Follow a spool folder: take in what comes, brief it by urgency, survive everything."""
