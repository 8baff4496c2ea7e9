import base64, json, os, signal, subprocess, sys, threading, time
lock = threading.Lock()
running = {}
def tell(event):
    with lock:
        sys.stdout.buffer.write(json.dumps(event).encode() + b'\n')
        sys.stdout.buffer.flush()
def label(key, stream, pipe):
    # As a shell's "read -r line" and "printf '%s\n'" do: by lines, without NUL bytes, the last line with an end of line too.
    for line in iter(lambda: pipe.readline(), b''):
        line = line.replace(b'\0', b'')
        if not line.endswith(b'\n'): line += b'\n'
        tell({'key': key, 'stream': stream, 'line': base64.b64encode(line).decode()})
def watch(key, process, threads):
    code = process.wait()
    for thread in threads: thread.join()
    running.pop(key, None)
    tell({'key': key, 'exit': code if code >= 0 else 128 - code})
def start(key, command):
    path = '/tmp/.daytona-' + key
    with open(path, 'w') as file: file.write(command)
    process = subprocess.Popen(['/bin/bash', '-c', '. ' + path], cwd='/home/app', start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    running[key] = process
    threads = [threading.Thread(target=label, args=(key, name, pipe)) for name, pipe in ((1, process.stdout), (2, process.stderr))]
    for thread in threads: thread.start()
    threading.Thread(target=watch, args=(key, process, threads)).start()
def children(pid):
    found = []
    for entry in os.listdir('/proc'):
        if not entry.isdigit(): continue
        try:
            with open('/proc/' + entry + '/stat') as file: fields = file.read().rsplit(') ', 1)[1].split()
        except OSError: continue
        if int(fields[1]) == pid: found += [int(entry)] + children(int(entry))
    return found
def send(pid, number):
    for one in children(pid):
        try: os.kill(one, number)
        except OSError: pass
    try: os.killpg(pid, number)
    except OSError: pass
def kill(key):
    process = running.get(key)
    if process is not None:
        send(process.pid, signal.SIGTERM)
        until = time.time() + 5
        while time.time() < until and (process.poll() is None or children(process.pid)): time.sleep(0.02)
        send(process.pid, signal.SIGKILL)
    tell({'key': key, 'killed': True})
tell({'ready': True})
for line in sys.stdin:
    request = json.loads(line)
    if request['op'] == 'start': start(request['key'], request['command'])
    elif request['op'] == 'kill': threading.Thread(target=kill, args=(request['key'],)).start()
    elif request['key'] in running:
        try:
            running[request['key']].stdin.write(request['data'].encode())
            running[request['key']].stdin.flush()
        except OSError: pass
