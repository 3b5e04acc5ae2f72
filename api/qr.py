"""QR codes: made here, no service asked. Level M survives the wear of a folded slip."""

import io

import segno


def qr_svg(content: str) -> str:
    """The QR code of exactly ``content`` as an SVG element without style attributes (strict CSP)."""
    svg: str = _code(content).svg_inline(border=0, scale=1, omitsize=True, lineclass=None, svgclass="qr")
    return svg


def qr_svg_image(content: str) -> str:
    """The same as a stand-alone SVG document, for the PDF renderer."""
    out = io.BytesIO()
    _code(content).save(out, kind="svg", border=0, xmldecl=False, lineclass=None, svgclass=None)
    return out.getvalue().decode()


def qr_png(content: str, scale: int = 8) -> bytes:
    """The same as a PNG with the quiet zone of four modules; ``scale`` is pixels a module."""
    out = io.BytesIO()
    _code(content).save(out, kind="png", scale=scale, border=4)
    return out.getvalue()


def _code(content: str) -> segno.QRCode:
    return segno.make_qr(content, error="m", boost_error=False)
