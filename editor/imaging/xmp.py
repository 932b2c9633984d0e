"""XMP packets: what a picture says of itself in XML, kept fit for an edited copy, and added to.

Layout after ISO 16684-1. The IPTC Photo Metadata Standard has the digital source type in XMP
alone; the older IPTC records of a file have no place for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.dom.minidom import Attr, Document, Element, Node, Text, parseString
from xml.parsers.expat import ExpatError

from editor.imaging.png import Chunk

COMPOSITE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
"""A photograph into which parts made by a trained model were joined."""

MOST = 1 << 20
"""Bytes of a packet that is read; a longer one is the history of an editor, not of a picture."""

JPEG_MOST = 65_504
"""Bytes of a packet that one segment of a JPEG holds."""

_OWN, _EXT = "urn:frisket:1.0/", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RECIPE, _SOURCE_TYPE = "Recipe", "DigitalSourceType"
_BLANK = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}"/></x:xmpmeta>'
_HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_TAIL = b'\n<?xpacket end="r"?>'
_TURN = "Orientation"
_DEEPEST = 64
# Elements inside of each other.
_STALE = {"Thumbnails", "HasExtendedXMP"}
# Small copies of the picture as it was, and the way to a second packet, which is not kept.
_PLACE = re.compile(
    r"gps|latitude|longt?itude|location|(city|state|country.*|provincestate|worldregion)$", re.I
)
# In every vocabulary that names a place: EXIF, IPTC Core and Extension, Photoshop, drones.


def packet(
    found: bytes = b"", *, place: bool = True, disclosed: bool = False, recipe: str = ""
) -> bytes:
    """A packet for an upright, edited picture; empty when there is nothing to say.

    found: the source's, empty for none; what is not XML is left out. place: whether it may
    tell where the picture was taken. disclosed: say that a model made parts of it. recipe:
    JSON of how it was made; one that the source brought along is not kept. Of even length:
    where a file pads it, some readers take the padding for a part of it.
    """
    document = _parsed(found)
    if document is None and not (disclosed or recipe):
        return b""
    document = document or parseString(_BLANK)
    for element in _elements(document):
        _settle(element, place=place, disclosed=disclosed)
    if disclosed:
        _add(document, "Iptc4xmpExt", _EXT, _SOURCE_TYPE, COMPOSITE)
    if recipe:
        _add(document, "frisket", _OWN, _RECIPE, recipe)
    root = document.documentElement
    told = f"{_HEAD}{root.toxml() if root else ''}".encode()
    return told + b"\n" * (len(told + _TAIL) % 2) + _TAIL


def recipe_in(found: bytes) -> str:
    """The recipe that a packet holds, empty when there is none."""
    document = _parsed(found)
    texts = document.getElementsByTagNameNS(_OWN, _RECIPE) if document else []
    return "".join(
        node.data for text in texts for node in text.childNodes if isinstance(node, Text)
    )


def chunk(packet: bytes) -> Chunk:
    """The packet for a PNG, as XMP part 3, section 1.1.5 has it: bare international text."""
    return b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet


def _parsed(found: bytes) -> Document | None:
    """The packet as XML, None when it is none. Entities have no business in it."""
    if not found:
        return None
    try:
        document = parseString(found.rstrip(b"\0"))
    except (ExpatError, ValueError, LookupError):
        return None
    if document.doctype is not None or _too_deep(document):
        return None
    return document if document.getElementsByTagNameNS(_RDF, "RDF") else None


def _too_deep(document: Document) -> bool:
    """Whether it is nested beyond what anybody writes, and beyond what can be written again."""
    level: list[Node] = [document]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in node.childNodes]
    return bool(level)


def _elements(document: Document) -> Sequence[Element]:
    return document.getElementsByTagName("*")


def _settle(element: Element, *, place: bool, disclosed: bool) -> None:
    """Take out what is no longer true or not to be told, and stand the picture upright."""

    def goes(told: Element | Attr) -> bool:
        name = told.localName
        where = not place and _PLACE.search(name) is not None
        anew = disclosed and name == _SOURCE_TYPE
        return told.namespaceURI == _OWN or name in _STALE or anew or where

    for told in list(element.attributes.values()):
        if told.prefix != "xmlns" and goes(told):
            element.removeAttributeNode(told)
        elif told.localName == _TURN:
            told.value = "1"
    if goes(element) and element.parentNode is not None:
        element.parentNode.removeChild(element)
    for node in element.childNodes:
        if element.localName == _TURN and isinstance(node, Text):
            node.data = "1"


def _add(document: Document, prefix: str, uri: str, name: str, value: str) -> None:
    """One property more, in a description of its own."""
    about = document.createElementNS(_RDF, "rdf:Description")
    about.setAttribute("xmlns:rdf", _RDF)
    about.setAttribute("rdf:about", "")
    about.setAttribute(f"xmlns:{prefix}", uri)
    told = document.createElementNS(uri, f"{prefix}:{name}")
    told.appendChild(document.createTextNode(value))
    about.appendChild(told)
    document.getElementsByTagNameNS(_RDF, "RDF")[0].appendChild(about)
