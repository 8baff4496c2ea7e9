import json, os, platform, subprocess, sys
skipped, most, deepest = set(json.loads(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
files, level = [], ['']
for depth in range(deepest):
    below = []
    for folder in level:
        try:
            entries = sorted(os.scandir(os.path.join('/app', folder)), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            path = os.path.join(folder, entry.name)
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in skipped:
                    below.append(path)
            elif entry.is_file() and len(files) < most:
                files.append(path)
    level = below
try:
    node = subprocess.run(['node', '-p', 'process.versions.node'], capture_output=True, text=True, timeout=20).stdout.strip()
except (OSError, subprocess.SubprocessError):
    node = ''
try:
    said = subprocess.run(['go', 'version'], capture_output=True, text=True, timeout=20, cwd='/',
        env={**os.environ, 'PATH': '/usr/local/go/bin:' + os.environ.get('PATH', ''), 'GOTOOLCHAIN': 'local'}).stdout.split()
    go = said[2].removeprefix('go') if len(said) > 2 else ''
except (OSError, subprocess.SubprocessError):
    go = ''
print(json.dumps({'files': [f for f in files if f.isprintable()], 'node': node, 'python': platform.python_version(), 'go': go}))
