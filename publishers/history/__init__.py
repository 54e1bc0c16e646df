"""What changed since the release before: lines added, changed, removed and restated, and why; lines withdrawn."""
