import os, re, shutil, sys
folder, context, dockerfile = sys.argv[1:4]
os.makedirs(context, exist_ok=True)
for name in os.listdir(folder):
    if name not in ('.showrunner', 'lost+found'):
        os.rename(os.path.join(folder, name), os.path.join(context, name))

def expression(pattern):
    at, out = 0, ''
    while at < len(pattern):
        char = pattern[at]
        at += 1
        if char == '*' and pattern[at:at + 1] == '*':
            at += 1
            if pattern[at:at + 1] == '/':
                at += 1
            out += '.*' if at == len(pattern) else '(?:.*/)?'
        elif char == '*':
            out += '[^/]*'
        elif char == '?':
            out += '[^/]'
        elif char == '[' and ']' in pattern[at + 1:]:
            end = pattern.index(']', at + 1)
            inside = pattern[at:end].replace('\\', '\\\\').replace('[', '\\[')
            out += '[' + inside + ']'
            at = end + 1
        elif char == '\\' and at < len(pattern):
            out += re.escape(pattern[at])
            at += 1
        else:
            out += re.escape(char)
    # What lies in a folder goes with it.
    return re.compile(out + '(?:/.*)?', re.S)

rules = []
try:
    with open(os.path.join(context, '.dockerignore'), encoding='utf-8-sig', errors='replace') as file:
        lines = file.read(65536).split('\n')
except OSError:
    lines = []
for line in lines:
    line = line.strip() if not line.startswith('#') else ''
    keeps = line.startswith('!')
    line = line[1:].strip() if keeps else line
    if line:
        line = os.path.normpath(line).lstrip('/')
        rules.append((keeps, expression(line)))

def left_out(path):
    out = False
    for keeps, rule in rules:
        if out == keeps and rule.fullmatch(path):
            out = not keeps
    return out

keeping = any(keeps for keeps, _ in rules)
always = {dockerfile, '.dockerignore'}
for at, folders, files in os.walk(context, topdown=True):
    below = os.path.relpath(at, context)
    for name in files + [one for one in folders if os.path.islink(os.path.join(at, one))]:
        path = os.path.normpath(os.path.join(below, name))
        if path not in always and left_out(path):
            os.unlink(os.path.join(at, name))
    for name in list(folders):
        path = os.path.normpath(os.path.join(below, name))
        if not keeping and not dockerfile.startswith(path + '/') and not os.path.islink(os.path.join(at, name)) and left_out(path):
            folders.remove(name)
            shutil.rmtree(os.path.join(at, name))
for at, folders, files in os.walk(context, topdown=False):
    path = os.path.relpath(at, context)
    if path != '.' and left_out(path) and not os.listdir(at):
        os.rmdir(at)
