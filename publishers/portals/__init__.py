"""What portals, the Woo-index and those who cite read of a release; written only where a publication is set."""
