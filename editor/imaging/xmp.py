"""XMP packets: what a finished asset says of where its picture came from.

The IPTC Photo Metadata Standard has the digital source type in XMP alone; the older IPTC
records of a file have no place for it.
"""

from __future__ import annotations

from editor.imaging.png import Chunk

COMPOSITE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
"""A photograph into which parts made by a trained model were joined."""

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<Iptc4xmpExt:DigitalSourceType>{source}</Iptc4xmpExt:DigitalSourceType>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def disclosed(source: str = COMPOSITE) -> bytes:
    """A packet that says how the picture was made; source: a term of IPTC's list.

    Of even length: where a file pads it, some readers take the padding for a part of it.
    """
    packet = _PACKET.format(source=source)
    even = len(packet.encode()) % 2 == 0
    return (packet if even else packet.replace("\n<?xpacket end", "\n\n<?xpacket end")).encode()


def chunk(packet: bytes) -> Chunk:
    """The packet for a PNG, as XMP part 3, section 1.1.5 has it: bare international text."""
    return b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet
