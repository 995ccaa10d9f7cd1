"""Pictures by matplotlib, as SVG that takes its colours from the page.

Inside a page with a strict content security policy no style attribute works, so matplotlib's are
rewritten: each colour of `INKS` becomes a class, text takes the page's font.
"""

import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INKS = {
    "ink": "#010203",
    "quiet": "#040506",
    "line": "#070809",
    "accent": "#0a0b0c",
    "fill": "#0d0e0f",
    "flag": "#101112",
    "bad": "#131415",
    "paper": "#161718",
}
"""Stand-ins that a picture is drawn with, by the name of the page's colour."""

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_NAMES = {value: name for name, value in INKS.items()}
_SETTINGS = {
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.facecolor": "none",
    "axes.labelpad": 6,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.minor.size": 0,
    "ytick.minor.size": 0,
    "axes.edgecolor": INKS["line"],
    "axes.labelcolor": INKS["quiet"],
    "axes.labelsize": 10,
    "xtick.color": INKS["line"],
    "ytick.color": INKS["line"],
    "xtick.labelcolor": INKS["quiet"],
    "ytick.labelcolor": INKS["quiet"],
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "text.color": INKS["ink"],
}


def draw(
    paint: Callable[["Axes"], None],
    name: str,
    width: int,
    height: int,
    margins: tuple[int, int, int, int] = (8, 8, 8, 36),
) -> str:
    """Draw a picture; the same data gives the same bytes.

    Args:
        paint: puts the data on the axes, in colours of `INKS`.
        name: told from that of all other pictures of the page; ids inside are made of it.
        width: of the picture, in pixels of the page at its natural size.
        height: likewise.
        margins: left, top, right and below of the axes, in pixels.

    Returns:
        An `svg` element that is hidden from readers of the text: what it shows must stand there.
    """
    with _steady(name):
        from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415

        figure = Figure(figsize=(width / 72, height / 72), facecolor="none")
        canvas = FigureCanvasSVG(figure)
        left, top, right, bottom = margins
        across, up = width - left - right, height - top - bottom
        rectangle = (left / width, bottom / height, across / width, up / height)
        paint(figure.add_axes(rectangle))
        raw = StringIO()
        canvas.print_svg(raw, metadata={"Date": None})
    return _restyled(raw.getvalue(), name, width, height)


@contextmanager
def _steady(name: str) -> Iterator[None]:
    """Leave the user's own settings of matplotlib aside, and its remarks on rare letters."""
    import matplotlib as mpl  # noqa: PLC0415

    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph ")
        mpl.rcdefaults()
        mpl.rcParams.update({**_SETTINGS, "svg.hashsalt": name})
        yield


def _restyled(raw: str, name: str, width: int, height: int) -> str:
    root = ET.fromstring(raw)  # noqa: S314 - written here, a moment ago
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.removeprefix(f"{{{_SVG}}}") in {"metadata", "style"}:
                parent.remove(child)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        _restyle(element, name)
    root.attrib = {
        "class": "picture",
        "viewBox": f"0 0 {width} {height}",
        "width": str(width),
        "height": str(height),
        "aria-hidden": "true",
        "focusable": "false",
    }
    return re.sub(r">\s+<", "><", ET.tostring(root, encoding="unicode"))


def _restyle(element: ET.Element, name: str) -> None:
    classes = []
    for declaration in element.attrib.pop("style", "").split(";"):
        key, _, value = declaration.strip().partition(": ")
        if key in {"fill", "stroke"} and value in _NAMES:
            classes.append(f"{key}-{_NAMES[value]}")
        elif key == "font":
            element.set("font-size", re.sub(r"^.*?([\d.]+)px.*$", r"\1", value))
        elif key and key != "font-family":
            element.set(key, value)
    if classes:
        element.set("class", " ".join(classes))
    if "id" in element.attrib:
        element.set("id", f"{name}-{element.attrib['id']}")
    if goal := element.attrib.pop(f"{{{_XLINK}}}href", None):
        element.set("href", f"#{name}-{goal[1:]}")
    if "clip-path" in element.attrib:
        element.set("clip-path", element.attrib["clip-path"].replace("(#", f"(#{name}-"))
