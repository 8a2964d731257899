"""Vector tiles of the node's own: files that its operator adds, served to the maps so that no other host is asked."""
