import { TOOLS_FOLDER } from '@showrunner/build-detection';
import { AppError } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import { z } from 'zod';
import { INPUT_FOLDERS, INPUT_NAMES, MADE_NAMES, MADE_PATHS, READ_NAMES } from './install-inputs';

const MAX_ENTRIES = 200_000;
const MAX_INPUT_BYTES = 64 * 1024 ** 2;
const MAX_TEXT_BYTES = 16 * 1024 ** 2;

/** Reads, in a sandbox where nothing of the project has run yet, what its install will be made from. Links are not followed. */
const FACTS_SCRIPT = String.raw`
import hashlib, json, os, platform, re, stat, subprocess, sys
asked = json.load(sys.stdin)
is_input, in_folder, is_read = (re.compile(asked[name]) for name in ('names', 'folders', 'read'))
inputs, texts, made, everything = [], {}, [], []
entries, room, text_room, over = 0, asked['bytes'], asked['textBytes'], False
def digest(path):
    whole = hashlib.sha256()
    with open(path, 'rb', opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW)) as file:
        while block := file.read(1 << 20):
            whole.update(block)
    return whole.hexdigest()
def look(folder):
    global entries, room, text_room, over
    for entry in sorted(os.scandir(os.path.join('/app', folder)), key=lambda one: one.name):
        path = os.path.join(folder, entry.name)
        full = os.path.join('/app', path)
        entries += 1
        if entries > asked['entries']:
            over = True
            return
        if entry.name in asked['madeNames'] or full == asked['tools'] or ('/' + path).endswith(tuple('/' + one for one in asked['madePaths'])):
            made.append(path)
        elif entry.is_dir(follow_symlinks=False):
            if path != '.git' and path != 'lost+found':
                look(path)
        else:
            facts = os.lstat(full)
            link = stat.S_ISLNK(facts.st_mode)
            regular = stat.S_ISREG(facts.st_mode)
            wanted = bool(is_input.fullmatch(entry.name) or in_folder.match('/' + path))
            kind = 'link' if link else 'file' if regular else 'other'
            content = ''
            if wanted or asked['whole']:
                content = os.readlink(full) if link else digest(full) if regular else ''
                everything.append([path, kind, facts.st_mode & 0o111, content])
            if wanted:
                room -= facts.st_size
                over = over or room < 0
                inputs.append({'path': path, 'kind': kind, 'content': content})
            if wanted and regular and is_read.fullmatch(entry.name) and facts.st_size <= text_room:
                text_room -= facts.st_size
                with open(full, 'rb') as file:
                    texts[path] = file.read(facts.st_size).decode('utf-8', 'replace')
def said(*argv):
    try:
        return subprocess.run(argv, capture_output=True, text=True, timeout=30, cwd='/').stdout.strip()[:100]
    except (OSError, subprocess.SubprocessError):
        return ''
look('')
try:
    beside = [name.split('.')[0] for name in os.listdir(os.path.join('/app', asked['dir']))]
except OSError:
    beside = []
taken = set(sys.stdlib_module_names) | {'pip', 'setuptools', 'pkg_resources', 'sitecustomize', 'usercustomize'}
print(json.dumps({
    'runtimes': {
        'arch': platform.machine(),
        'libc': '-'.join(platform.libc_ver()),
        'node': said('node', '--version'),
        'npm': said('npm', '--version'),
        'python': platform.python_version(),
        'go': said('/usr/local/go/bin/go', 'env', 'GOVERSION'),
    },
    'inputs': inputs,
    'texts': texts,
    'made': made[:100],
    'shadowsPython': any(name in taken for name in beside),
    'tree': hashlib.sha256(json.dumps(everything).encode()).hexdigest() if asked['whole'] else None,
    'over': over,
}))
`;

const InstallFactsSchema = z.object({
  runtimes: z.record(z.string(), z.string()),
  /** `content`: SHA-256 of a file, target of a link. */
  inputs: z.array(
    z.object({ path: z.string(), kind: z.enum(['file', 'link', 'other']), content: z.string() }),
  ),
  /** Of the inputs that tell whether code of the project takes part; one that is too large is missing. */
  texts: z.record(z.string(), z.string()),
  /** What stands already where an install would put its results. */
  made: z.array(z.string()),
  /** The app's folder holds a name that Python would load instead of a module of its own. */
  shadowsPython: z.boolean(),
  /** SHA-256 over every file of the source; null when it was not asked for. */
  tree: z.string().nullable(),
  /** There is more than is looked at. */
  over: z.boolean(),
});
export type InstallFacts = z.infer<typeof InstallFactsSchema>;

/**
 * @param options.dir folder of the app below /app
 * @param options.whole hash the whole source, too
 * @throws AppError `install_inputs_unreadable`
 */
export async function readInstallFacts(
  sandbox: Pick<Sandbox, 'exec'>,
  options: { dir: string; whole: boolean; signal?: AbortSignal },
): Promise<InstallFacts> {
  const asked = {
    dir: options.dir,
    whole: options.whole,
    names: INPUT_NAMES,
    folders: INPUT_FOLDERS,
    read: READ_NAMES,
    madeNames: MADE_NAMES,
    madePaths: MADE_PATHS,
    tools: TOOLS_FOLDER,
    entries: MAX_ENTRIES,
    bytes: MAX_INPUT_BYTES,
    textBytes: MAX_TEXT_BYTES,
  };
  const done = await sandbox.exec(['python3', '-I', '-c', FACTS_SCRIPT], {
    cwd: '/',
    stdin: Buffer.from(JSON.stringify(asked)),
    timeoutMs: 120_000,
    maxOutputBytes: 96 * 1024 ** 2,
    signal: options.signal,
  });
  if (done.exitCode !== 0 || done.truncated) {
    throw new AppError(
      'install_inputs_unreadable',
      `The files that decide the install could not be read: ${done.stderr.trim().slice(-300)}`,
      { retryable: true },
    );
  }
  return InstallFactsSchema.parse(JSON.parse(done.stdout));
}
