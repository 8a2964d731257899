"""What lies in an area that somebody draws: protection zones and objects, their acts, how far away they are."""
