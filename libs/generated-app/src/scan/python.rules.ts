export const PROGRAMS = 'It starts programs, runs bytes as code or opens plain sockets; do without.';
const CODE_FROM_TEXT = 'It makes code of a text at run time; write the code itself.';
export const INTERNALS = 'It reaches into the interpreter that runs it; do without.';

/** Modules by their first names. */
export const PYTHON_MODULES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...[
        'subprocess',
        'pty',
        'ctypes',
        'cffi',
        '_ctypes',
        'socket',
        'socketserver',
        '_socket',
        'multiprocessing',
      ],
      ...[
        'fcntl',
        'mmap',
        'resource',
        'posix',
        'signal',
        'pdb',
        'telnetlib',
        'ftplib',
        'paramiko',
        'pexpect',
        'sh',
      ],
    ].map((name) => [name, PROGRAMS]),
  ),
  ...Object.fromEntries(
    [
      ...[
        'pickle',
        '_pickle',
        'marshal',
        'shelve',
        'dill',
        'cloudpickle',
        'code',
        'codeop',
        'runpy',
        'imp',
        'importlib',
      ],
      ...['pip', 'ensurepip', 'venv', 'site', 'builtins', 'gc', 'inspect'],
    ].map((name) => [name, CODE_FROM_TEXT]),
  ),
};

/** Names that are called, as they are written, with the last of a dotted one. */
export const PYTHON_CALLS: readonly { rule: string; name: RegExp; message: string }[] = [
  {
    rule: 'code-from-text',
    name: /^(eval|exec|compile|__import__|execfile|breakpoint)$/,
    message: CODE_FROM_TEXT,
  },
  // Whatever the module was renamed to; `platform.system` only tells the name of the system.
  {
    rule: 'programs',
    name: /^(?!platform\.).*\.(system|popen|exec[vl]p?e?|spawn[vl]p?e?|posix_spawnp?|fork|forkpty|killpg|setuid|setgid|seteuid|setegid|chroot|startfile)$/,
    message: PROGRAMS,
  },
  { rule: 'programs', name: /^os\.kill$/, message: PROGRAMS },
  {
    rule: 'internals',
    name: /^(globals|vars|sys\._getframe|sys\.settrace|sys\.setprofile)$/,
    message: INTERNALS,
  },
];

/** Names of attributes that lead from any value to the interpreter. */
export const PYTHON_INTERNALS =
  /^__(builtins|class|bases|base|mro|subclasses|globals|code|closure|dict|getattribute|import|loader|spec|reduce|reduce_ex)__$/;

/** What `os` may not be asked for by name; `*` is all of it. */
export const OS_NAMES =
  /^(\*|system|popen|exec\w*|spawn\w*|posix_spawnp?|fork|forkpty|kill|killpg|setuid|setgid|chroot)$/;
