import array, fcntl, json, os, select, signal, socket, struct, subprocess, sys, termios, time

MAX_CODE = 16 << 20
BEHIND = 1 << 20
KICK_SECONDS = 1.0
KICKS = 3

class Run:
    def __init__(self, connection):
        self.connection = connection
        self.received = bytearray()
        self.out = bytearray()
        self.code = None
        self.deadline = None
        self.timed_out = self.gone = self.ended = False
        self.kicks = 0
        self.next_kick = None
        self.reply = None
        self.left = None

    def frame(self, kind, payload):
        if not self.gone:
            self.out += struct.pack('>BI', kind, len(payload)) + payload

    def end(self, outcome):
        outcome['timedOut'] = self.timed_out
        outcome['fresh'] = getattr(self, 'fresh', False)
        self.frame(3, json.dumps(outcome).encode())
        self.ended = True

    def parse(self):
        """True when the whole request has come."""
        data, at, fields = self.received, 0, []
        while len(fields) < 2:
            if len(data) < at + 4:
                return False
            length = struct.unpack('>I', bytes(data[at:at + 4]))[0]
            if length > MAX_CODE:
                raise ValueError('too long')
            if len(data) < at + 4 + length:
                return False
            fields.append(bytes(data[at + 4:at + 4 + length]))
            at += 4 + length
        timeout = json.loads(fields[0].decode())['timeout']
        self.deadline = None if timeout is None else time.monotonic() + float(timeout)
        self.code = fields[1]
        self.received = None
        return True

INTERRUPT = b'\xff\xff\xff\xff'

class Pipes:
    """As a socket to a worker of Node.js, which can open a pipe anew for itself alone, but no socket."""

    def __init__(self):
        self.requests_end, self.requests = os.pipe()
        self.replies, self.replies_end = os.pipe()
        self.theirs = [self.requests_end, self.replies_end]

    def fileno(self):
        return self.replies

    def recv(self, count):
        return os.read(self.replies, count)

    def sendall(self, data):
        while data:
            data = data[os.write(self.requests, data):]

    def close(self):
        os.close(self.requests)
        os.close(self.replies)

class Worker:
    def __init__(self, program, node):
        out, out_end = os.pipe()
        err, err_end = os.pipe()
        environment = dict(os.environ)
        if node:
            control = Pipes()
            theirs = control.theirs
            command = ['node', program] + [str(one) for one in theirs] + node
        else:
            control, other = socket.socketpair()
            theirs = [other.detach()]
            command = [sys.executable or 'python3', '-u', '-c', program, str(theirs[0])]
            environment.setdefault('PYTHONUTF8', '1')
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out_end, stderr=err_end, pass_fds=theirs, start_new_session=True, env=environment)
        for one in theirs + [out_end, err_end]:
            os.close(one)
        self.listens = bool(node)
        self.control, self.pipes, self.reply, self.runs = control, [out, err], bytearray(), 0
        self.silent = set()  # pipes that nothing inside holds any more
        for pipe in self.pipes:
            os.set_blocking(pipe, False)

    def interrupt(self):
        if self.listens:
            try:
                self.control.sendall(INTERRUPT)
            except OSError:
                pass  # it died; its end is heard of by its control
        self.kill(signal.SIGINT)

    def kill(self, number):
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass  # it has ended already

    def unread(self, pipe):
        count = array.array('i', [0])
        fcntl.ioctl(pipe, termios.FIONREAD, count)
        return count[0]

    def close(self):
        self.kill(signal.SIGKILL)
        code = self.process.wait()
        self.control.close()
        for pipe in self.pipes:
            os.close(pipe)
        return code

class Server:
    def __init__(self, path, program, node):
        self.program, self.node = program, node
        self.listener = socket.socket(socket.AF_UNIX)
        if os.path.exists(path):
            os.unlink(path)
        os.umask(0o077)
        self.listener.bind(path)
        os.umask(0o022)
        self.listener.listen(64)
        self.runs, self.queue, self.current, self.worker = [], [], None, None

    def serve(self):
        while True:
            self.start_next()
            current, worker = self.current, self.worker
            readable = [self.listener] + [run.connection for run in self.runs if not run.gone]
            writable = [run.connection for run in self.runs if run.out and not run.gone]
            if worker is not None:
                readable.append(worker.control)
                if current is None or len(current.out) < BEHIND:
                    readable += [pipe for pipe in worker.pipes if pipe not in worker.silent]
            ready, room, _ = select.select(readable, writable, [], self.patience())
            for run in [run for run in self.runs if run.connection in room]:
                self.send(run)
            for run in [run for run in self.runs if run.connection in ready]:
                self.receive(run)
            if worker is not None:
                for index, pipe in enumerate(worker.pipes):
                    if pipe in ready:
                        self.forward(index)
                if worker.control in ready:
                    self.hear()
            if self.listener in ready:
                connection, _ = self.listener.accept()
                connection.setblocking(False)
                self.runs.append(Run(connection))
            self.look_at_clock()
            self.settle()

    def start_next(self):
        while self.queue and self.current is None:
            run = self.queue.pop(0)
            if run.gone or run.ended:
                continue
            if self.worker is None:
                self.worker = Worker(self.program, self.node)
            run.fresh = self.worker.runs == 0
            self.worker.runs += 1
            self.current = run
            try:
                self.worker.control.sendall(struct.pack('>I', len(run.code)) + run.code)
            except OSError:
                pass  # it died; its end is heard of by its control socket
            run.code = None

    def patience(self):
        times = [run.deadline for run in self.queue if run.deadline is not None]
        if self.current is not None:
            times += [time_ for time_ in (self.current.next_kick, None if self.current.timed_out else self.current.deadline) if time_ is not None]
        return None if not times else max(0.0, min(times) - time.monotonic())

    def send(self, run):
        try:
            sent = run.connection.send(run.out[:65536])
            del run.out[:sent]
        except BlockingIOError:
            pass  # later
        except OSError:
            self.lose(run)

    def receive(self, run):
        try:
            data = run.connection.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b''
        if not data:
            return self.lose(run)
        if run.received is None:
            return
        run.received += data
        try:
            if run.parse():
                self.queue.append(run)
        except (ValueError, KeyError, TypeError):
            self.lose(run)

    def lose(self, run):
        run.gone = True
        run.out = bytearray()
        if run is self.current and run.reply is None and run.next_kick is None:
            self.kick(run)

    def kick(self, run):
        run.kicks += 1
        run.next_kick = time.monotonic() + KICK_SECONDS
        if run.kicks <= KICKS:
            self.worker.interrupt()
        else:
            self.worker.kill(signal.SIGKILL)

    def look_at_clock(self):
        now = time.monotonic()
        for run in [run for run in self.queue if run.deadline is not None and now >= run.deadline]:
            self.queue.remove(run)
            run.timed_out = True
            run.end({'result': None, 'error': None})
        run = self.current
        if run is None or run.reply is not None:
            return
        if run.deadline is not None and now >= run.deadline and not run.timed_out:
            run.timed_out = True
            if run.next_kick is None:
                self.kick(run)
        elif run.next_kick is not None and now >= run.next_kick:
            self.kick(run)

    def forward(self, index):
        """Passes output on; what comes between two runs goes to the log."""
        run, worker = self.current, self.worker
        count = 65536
        if run is not None and run.left is not None:
            count = min(count, run.left[index])
        if count == 0:
            return
        try:
            data = os.read(worker.pipes[index], count)
        except BlockingIOError:
            return
        if not data:
            worker.silent.add(worker.pipes[index])
        if run is None:
            os.write(1, data)
            return
        if data:
            run.frame(index + 1, data)
        if run.left is not None:
            run.left[index] = run.left[index] - len(data) if data else 0

    def hear(self):
        worker, run = self.worker, self.current
        try:
            data = worker.control.recv(1 << 20)
        except OSError:
            data = b''
        if not data:
            return self.bury()
        worker.reply += data
        if len(worker.reply) < 4:
            return
        length = struct.unpack('>I', bytes(worker.reply[:4]))[0]
        if len(worker.reply) < 4 + length or run is None:
            return
        try:
            run.reply = json.loads(bytes(worker.reply[4:4 + length]).decode())
        except ValueError:
            return self.bury()
        worker.reply = bytearray()
        # What the code printed lies in the pipes now; what comes later is no longer of this run.
        run.left = [worker.unread(pipe) for pipe in worker.pipes]
        run.next_kick = None

    def bury(self):
        run, worker = self.current, self.worker
        if run is not None:
            for index, pipe in enumerate(worker.pipes):
                for _ in range(64):
                    try:
                        data = os.read(pipe, 65536)
                    except BlockingIOError:
                        break
                    if not data:
                        break
                    run.frame(index + 1, data)
        code = worker.close()
        self.worker = self.current = None
        if run is not None:
            run.end({'result': None, 'error': None, 'died': code})

    def settle(self):
        run = self.current
        if run is not None and run.reply is not None and not any(run.left):
            self.current = None
            run.end(run.reply)
        for run in list(self.runs):
            if run.gone or (run.ended and not run.out):
                if run is not self.current:
                    run.connection.close()
                    self.runs.remove(run)
                    if run in self.queue:
                        self.queue.remove(run)

Server(sys.argv[1], sys.argv[2], sys.argv[3:]).serve()
