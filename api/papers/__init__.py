"""Papers made visible: PDF for the archive, HTML for the browser's printer. Both read only the content."""

from api.papers.page import page_context
from api.papers.pdf import render_pdf

__all__ = ["page_context", "render_pdf"]
