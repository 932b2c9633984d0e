"""A provider that reads whatever it is sent and answers at once with one grey pixel."""

from __future__ import annotations

import asyncio
import base64
import json

import cv2
import numpy as np

PIXEL = cv2.imencode(".png", np.full((1, 1, 3), 128, np.uint8))[1].tobytes()
BODY = json.dumps({"data": [{"b64_json": base64.b64encode(PIXEL).decode()}]}).encode()
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(BODY), BODY)
)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    left = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while left and (chunk := await reader.read(min(left, 1 << 20))):
        left -= len(chunk)
    writer.write(ANSWER)
    await writer.drain()
    writer.close()


async def main() -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
