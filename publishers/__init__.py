"""From lines to a release: one file per format. Decides nothing about what is right."""
