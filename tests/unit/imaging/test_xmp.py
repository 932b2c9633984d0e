"""What a finished asset says of itself, as any reader of XMP finds it."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from editor.imaging import xmp
from tests.fakes.pictures import xmp_packet

EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
TIFF = "{http://ns.adobe.com/tiff/1.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"


def root(packet: bytes) -> ElementTree.Element:
    assert packet.startswith(b"<?xpacket begin=")
    assert packet.endswith(b'<?xpacket end="r"?>')
    assert len(packet) % 2 == 0
    return ElementTree.fromstring(packet.decode())


def test_without_anything_to_say_there_is_none() -> None:
    assert xmp.packet() == b""
    assert xmp.recipe_in(b"") == ""


def test_the_packet_names_the_source_type_once() -> None:
    first = xmp.packet(disclosed=True)
    for packet in (first, xmp.packet(first, disclosed=True), xmp.packet(first)):
        (found,) = root(packet).iter(f"{EXT}DigitalSourceType")
        assert found.text == xmp.COMPOSITE
    assert xmp.COMPOSITE.endswith("/compositeWithTrainedAlgorithmicMedia")
    assert xmp.recipe_in(first) == ""


def test_what_the_source_said_stays_and_the_picture_stands_upright() -> None:
    packet = xmp.packet(xmp_packet(orientation=6))
    found = root(packet)
    assert [each.text for each in found.iter(f"{TIFF}Orientation")] == ["1"]
    assert f"{TIFF}Orientation" not in "".join(found.attrib)
    assert [each.text for each in found.iter(f"{DC}format")] == ["image/png"]
    assert b"Ann\xc3\xa9" in packet
    assert b'tiff:Orientation="1"' in xmp.packet(xmp_packet(orientation=8, short=True))


def test_what_shows_the_old_picture_goes() -> None:
    assert b"T0xE" in xmp_packet()
    packet = xmp.packet(xmp_packet())
    for old in (b"T0xE", b"Thumbnails", b"HasExtendedXMP"):
        assert old not in packet


@pytest.mark.parametrize("short", [False, True])
def test_the_place_goes_where_it_is_not_to_be_told(short: bool) -> None:
    told = (b"GPSLatitude", b"51,30.5N", b"City", b"London", b"LocationShown", b"Gps")
    kept, clean = (xmp.packet(xmp_packet(short=short), place=place) for place in (True, False))
    assert all(word in kept for word in told)
    assert not any(word in clean for word in told)
    assert b"Ann\xc3\xa9" in clean
    root(clean)


def test_a_recipe_comes_back_and_an_older_one_does_not_stay() -> None:
    text = json.dumps({"prompt": 'a <red> & "blue"  kite \u2028 ]]> \U0001f981', "n": [1, 2]})
    packet = xmp.packet(xmp_packet(), recipe=text)
    root(packet)
    assert xmp.recipe_in(packet) == text
    assert xmp.recipe_in(xmp.packet(packet, recipe="{}")) == "{}"
    assert b"kite" not in xmp.packet(packet)
    assert b"Ann\xc3\xa9" in xmp.packet(packet)


NESTED = "<a>" * 200 + "</a>" * 200


@pytest.mark.parametrize(
    "found",
    [
        b"no packet",
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>",
        xmp_packet()[:-40],
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + xmp_packet(),
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        xmp_packet().replace(b"Ann\xc3\xa9", NESTED.encode()),
    ],
)
def test_what_is_no_packet_is_left_out(found: bytes) -> None:
    assert xmp.packet(found) == b""
    assert xmp.recipe_in(found) == ""
    assert xmp.packet(found, disclosed=True) == xmp.packet(disclosed=True)


def test_padding_does_not_matter() -> None:
    assert xmp.packet(xmp_packet() + bytes(40)) == xmp.packet(xmp_packet()) != b""


def test_a_png_holds_it_as_bare_text() -> None:
    name, content = xmp.chunk(b"<x/>")
    keyword, _, rest = content.partition(b"\0")
    assert (name, keyword, rest) == (b"iTXt", b"XML:com.adobe.xmp", b"\0\0\0\0<x/>")
