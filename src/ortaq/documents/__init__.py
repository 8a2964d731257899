"""Records on paper (PDF, DOCX, QR plates) and search results as files, made in the background."""
