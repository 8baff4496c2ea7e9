import sys
sys.path[:] = [folder for folder in sys.path if folder != '']
import ast, builtins, json, linecache, os, signal, socket, struct, traceback, types
# Only now may modules of the folder stand before those of the language.
sys.path.insert(0, '')

LIMIT = 65536
control = socket.socket(fileno=int(sys.argv[1]))
os.set_inheritable(control.fileno(), False)
own = sys.modules['__main__']
main = types.ModuleType('__main__')
main.__builtins__ = builtins
sys.modules['__main__'] = main
sys.argv[:] = ['']
pid = os.getpid()
interruptible = False

def on_interrupt(number, frame):
    if interruptible:
        raise KeyboardInterrupt

def take(count):
    parts = []
    while count > 0:
        part = control.recv(min(count, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        count -= len(part)
    return b''.join(parts)

def bounded(text):
    return text if len(text) <= LIMIT else text[:LIMIT // 2] + '\n[... %d characters left out ...]\n' % (len(text) - LIMIT) + text[-LIMIT // 2:]

def described(error):
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == '<string>' and trace.tb_frame.f_globals is globals():
        trace = trace.tb_next
    try:
        lines = ''.join(traceback.TracebackException(type(error), error, trace).format())
    except BaseException:
        lines = type(error).__name__ + '\n'
    try:
        value = str(error)
    except BaseException:
        value = '(cannot be shown)'
    return {'name': type(error).__name__, 'value': bounded(value), 'traceback': bounded(lines)}

def run(code, name):
    global interruptible
    outcome = {'result': None, 'error': None}
    try:
        signal.signal(signal.SIGINT, on_interrupt)
        interruptible = True
        text = code.decode('utf-8', 'replace')
        linecache.cache[name] = (len(text), None, text.splitlines(True), name)
        tree = ast.parse(text, name)
        last = None
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            last = compile(ast.Expression(tree.body.pop().value), name, 'eval', dont_inherit=True)
        body = compile(tree, name, 'exec', dont_inherit=True)
        exec(body, main.__dict__)
        if last is not None:
            value = eval(last, main.__dict__)
            if value is not None:
                builtins._ = value
                shown = repr(value)
                outcome['result'] = bounded(shown)
                outcome['truncated'] = len(shown) > LIMIT
    except BaseException as error:
        interruptible = False
        outcome['error'] = described(error)
    finally:
        interruptible = False
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass  # closed by the code: it has nothing more to say
    return outcome

number = 0
while True:
    code = take(struct.unpack('>I', take(4))[0])
    number += 1
    linecache.cache.pop('<run %d>' % (number - 200), None)
    outcome = run(code, '<run %d>' % number)
    if os.getpid() != pid:
        os._exit(0)  # a fork that the code did not end
    reply = json.dumps(outcome).encode()
    try:
        control.sendall(struct.pack('>I', len(reply)) + reply)
    except OSError:
        os._exit(70)  # the code closed our descriptor, or the server is gone
