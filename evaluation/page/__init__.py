"""What all pages are built from: writing whole, templates that escape, and one look."""
