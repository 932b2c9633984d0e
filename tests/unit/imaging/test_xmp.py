"""What a finished asset says of itself, as any reader of XMP finds it."""

from __future__ import annotations

from xml.etree import ElementTree

from editor.imaging import xmp

EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"


def test_the_packet_names_the_source_type() -> None:
    packet = xmp.disclosed()
    assert packet.startswith(b"<?xpacket begin=")
    assert len(packet) % 2 == len(xmp.disclosed("http://example.org/a")) % 2 == 0
    root = ElementTree.fromstring(packet.decode())
    assert len(xmp.disclosed("http://example.org/ab")) % 2 == 0
    (found,) = root.iter(f"{EXT}DigitalSourceType")
    assert found.text == xmp.COMPOSITE
    assert xmp.COMPOSITE.endswith("/compositeWithTrainedAlgorithmicMedia")


def test_a_png_holds_it_as_bare_text() -> None:
    name, content = xmp.chunk(b"<x/>")
    keyword, _, rest = content.partition(b"\0")
    assert (name, keyword, rest) == (b"iTXt", b"XML:com.adobe.xmp", b"\0\0\0\0<x/>")
