"""A way to the hosts that takes time: forwards TCP, each byte so many seconds late. Runs as a process of its own."""

import asyncio
import sys


async def forward(reader, writer, delay):
    queue = asyncio.Queue()
    loop = asyncio.get_running_loop()

    async def deliver():
        while True:
            due, piece = await queue.get()
            await asyncio.sleep(max(0, due - loop.time()))
            if not piece:
                writer.close()
                return
            writer.write(piece)
            await writer.drain()

    delivery = asyncio.create_task(deliver())
    try:
        while piece := await reader.read(65536):
            queue.put_nowait((loop.time() + delay, piece))
    except ConnectionError:
        pass
    queue.put_nowait((loop.time() + delay, b""))
    await delivery


async def main(listen, target, delay, addresses):
    async def accept(reader, writer):
        address = writer.get_extra_info("sockname")[0]
        there, back = await asyncio.open_connection(address, target)
        await asyncio.gather(forward(reader, back, delay), forward(there, writer, delay), return_exceptions=True)

    servers = [await asyncio.start_server(accept, address, listen, backlog=1000) for address in addresses]
    print("ready", flush=True)
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4:]))
