import asyncio, os, struct, sys
OPEN, OPENED, REFUSED, DATA, END, RESET, CREDIT, LISTEN, UNLISTEN = range(1, 10)
WINDOW, CHUNK = 262144, 65536
streams, out, server = {}, None, None

def send(kind, stream, payload=b''):
    out.write(struct.pack('>BII', kind, stream, len(payload)) + payload)

class Stream:
    def __init__(self, number, reader, writer):
        self.number, self.reader, self.writer = number, reader, writer
        self.credit, self.more, self.queue = WINDOW, asyncio.Event(), asyncio.Queue()
        self.open_ways = 2
        streams[number] = self
        self.tasks = [asyncio.ensure_future(self.pump(way)) for way in (self.outward, self.inward)]

    async def pump(self, way):
        try:
            await way()
        except (OSError, asyncio.CancelledError):
            if streams.get(self.number) is self:
                send(RESET, self.number)
            self.drop()
            return
        self.open_ways -= 1
        if self.open_ways == 0:
            self.drop()

    async def outward(self):
        while True:
            while self.credit <= 0:
                self.more.clear()
                await self.more.wait()
            data = await self.reader.read(min(self.credit, CHUNK))
            if not data:
                send(END, self.number)
                return
            self.credit -= len(data)
            send(DATA, self.number, data)
            await out.drain()

    async def inward(self):
        while True:
            data = await self.queue.get()
            if data is None:
                if self.writer.can_write_eof():
                    self.writer.write_eof()
                return
            self.writer.write(data)
            await self.writer.drain()
            send(CREDIT, self.number, struct.pack('>I', len(data)))

    def drop(self):
        if streams.get(self.number) is self:
            del streams[self.number]
        for task in self.tasks:
            if task is not asyncio.current_task():
                task.cancel()
        if self.open_ways == 0:
            self.writer.close()
        else:
            self.writer.transport.abort()

async def connect(number, port):
    why = b'refused'
    for host in ('127.0.0.1', '::1'):
        try:
            reader, writer = await asyncio.open_connection(host, port)
        except OSError as error:
            why = str(error).encode()[:200]
            continue
        send(OPENED, number)
        Stream(number, reader, writer)
        return
    send(REFUSED, number, why)

last = 0
async def arrived(reader, writer):
    global last
    if server is None:
        writer.transport.abort()
        return
    last += 2
    send(OPEN, last)
    Stream(last, reader, writer)

async def listen(port):
    global server
    try:
        server = server or await asyncio.start_server(arrived, '127.0.0.1', port)
        send(OPENED, 0)
    except OSError as error:
        send(REFUSED, 0, str(error).encode()[:200])

def unlisten():
    global server
    if server is not None:
        server.close()
        server = None
    for stream in [s for n, s in streams.items() if n % 2 == 0]:
        stream.open_ways = 2
        stream.drop()
    send(OPENED, 0)

async def main():
    global out
    loop = asyncio.get_event_loop()
    source = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(source), os.fdopen(0, 'rb', 0))
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, os.fdopen(1, 'wb', 0))
    out = asyncio.StreamWriter(transport, protocol, None, loop)
    send(OPENED, 0)
    while True:
        kind, number, length = struct.unpack('>BII', await source.readexactly(9))
        payload = await source.readexactly(length)
        stream = streams.get(number)
        if kind == OPEN:
            asyncio.ensure_future(connect(number, int(payload)))
        elif kind == LISTEN:
            await listen(int(payload))
        elif kind == UNLISTEN:
            unlisten()
        elif stream is None:
            pass
        elif kind == DATA:
            stream.queue.put_nowait(payload)
        elif kind == END:
            stream.queue.put_nowait(None)
        elif kind == CREDIT:
            stream.credit += struct.unpack('>I', payload)[0]
            stream.more.set()
        elif kind == RESET:
            stream.open_ways = 2
            stream.drop()

try:
    asyncio.get_event_loop_policy().new_event_loop().run_until_complete(main())
except (asyncio.IncompleteReadError, OSError):
    pass
os._exit(0)
