import { describe, expect, test } from '@jest/globals';
import { appFailures } from './app-failures';
import { endOfLog, lastLines } from './log-lines';
import { resourceFailure } from './resource-failure';
import { rightsFailure } from './rights-failure';
import type { Visit } from './visit';

const noPage = (visits: Visit[], log = ''): string =>
  appFailures.noPage({ log, visits, timeoutMs: 120_000, outOfMemory: false }).code;

describe('appFailures', () => {
  test.each<[string, Visit[]]>([
    ['app_not_listening', []],
    ['redirect_loop', [{ kind: 'loop', port: 1, path: '/' }]],
    ['app_error_status', [{ kind: 'error', port: 1, status: 503 }]],
    ['redirect_away', [{ kind: 'away', port: 1, location: 'https://login.example.org/' }]],
    ['app_no_page', [{ kind: 'noPage', port: 1, status: 200, contentType: 'application/json', body: '{}' }]],
    ['app_not_answering', [{ kind: 'silent', port: 1 }]],
  ])('%s', (code, visits) => {
    expect(noPage(visits)).toBe(code);
    expect(appFailures.noPage({ log: '', visits, timeoutMs: 1, outOfMemory: false }).remedy).toBeTruthy();
  });

  test('an app that lets nobody in is not called an API', () => {
    const visits: Visit[] = [{ kind: 'noPage', port: 1, status: 401, contentType: 'text/plain', body: '' }];
    const { remedy } = appFailures.noPage({ log: '', visits, timeoutMs: 1, outOfMemory: false });
    expect(remedy).toMatch(/credentials/);
    expect(remedy).not.toMatch(/API/);
  });

  test('an app that ran out of memory before it listened is named for that', () => {
    expect(appFailures.noPage({ log: '', visits: [], timeoutMs: 1, outOfMemory: true }).code).toBe(
      'out_of_memory',
    );
  });
});

describe('rightsFailure', () => {
  test.each([
    ["Error: EACCES: permission denied, open '/data/notes.db'", 'place_not_writable'],
    [
      'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)',
      'place_not_writable',
    ],
    ["sh: can't create /srv/x: Read-only file system", 'place_not_writable'],
    ["Error: ENOENT: no such file or directory, mkdir '/etc/todos'", 'place_not_writable'],
    ["Error: ENOENT: no such file or directory, mkdir '/app/data/x'", undefined],
    ["Error: EACCES: permission denied, open '/app/notes.db'", undefined],
    ['cat: /proc/1/environ: Permission denied', undefined],
    ['GET /admin denied by the app', undefined],
  ])('%s', (log, code) => {
    expect(rightsFailure(log)?.code).toBe(code);
  });

  test('is named when the app ended with it, or never listened', () => {
    const log = 'mkdir: cannot create directory ‘/data’: Read-only file system';
    const { code } = appFailures.exited({ log, exitCode: 1, signal: null, outOfMemory: false });
    expect([code, noPage([], log)]).toEqual(['place_not_writable', 'place_not_writable']);
  });
});

describe('resourceFailure', () => {
  const symptoms = { who: 'The app', log: '', outOfMemory: false, exitCode: 1, signal: null };
  test.each([
    ['Error: ENOSPC: no space left on device, write', 'disk_full'],
    ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'out_of_memory'],
    ['sh: 1: Cannot fork', 'process_limit'],
    ['Error: spawn sh EAGAIN', 'process_limit'],
    ["RuntimeError: can't start new thread", 'process_limit'],
    ['TypeError: x is not a function', undefined],
    ['the fork of this library is great', undefined],
  ])('%s', (log, code) => {
    expect(resourceFailure({ ...symptoms, log })?.code).toBe(code);
  });
  test('a process killed from outside', () => {
    expect(resourceFailure({ ...symptoms, exitCode: 137 })?.code).toBe('out_of_memory');
  });
});

describe('the end of a log', () => {
  test('leaves out colours, blank lines and what npm says about its own log', () => {
    const log =
      '\u001b[31mred\u001b[0m\n\n\nnpm error A complete log of this run can be found in: /x\nnpm error code 3\r\n';
    expect(lastLines(log, 5)).toEqual(['red', 'npm error code 3']);
    expect(endOfLog('')).toBe(' It wrote no log.');
  });
  const deep = (line: string): string => Array.from({ length: 20 }, () => line).join('\n');
  test.each([
    [
      'Node.js',
      `/app/server.js:1\nthrow new Error("DB_URL is not set");\n^\n\nError: DB_URL is not set\n    at Object.<anonymous> (/app/server.js:1:40)\n${deep('    at Module._load (node:internal/modules/cjs/loader:1:2)')}\n\nNode.js v20.20.2`,
      'Error: DB_URL is not set',
    ],
    [
      'Node.js, with what the error holds',
      `Error: Cannot find module 'pg'\n${deep('    at Module._load (node:internal/modules/cjs/loader:1:2)')}\n    at node:internal/main/run_main_module:28:49 {\n  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}\n\nNode.js v20.20.2`,
      "Error: Cannot find module 'pg'",
    ],
    [
      'Java',
      `Exception in thread "main" java.lang.IllegalStateException: no DB\n${deep('\tat com.example.App.main(App.java:5)')}\nCaused by: java.net.ConnectException: refused\n${deep('\tat sun.Net.connect(Net.java:1)')}\n\t... 23 more`,
      'java.lang.IllegalStateException: no DB',
    ],
    [
      'Ruby',
      `config.rb:3:in \`<main>': DB_URL is not set (RuntimeError)\n${deep("\tfrom /usr/lib/ruby/require.rb:59:in `require'")}`,
      'DB_URL is not set',
    ],
    [
      'Go',
      `panic: no database\n\ngoroutine 1 [running]:\n${deep('main.(*App).open(0xc0, {0x1, 0x2})\n\t/app/main.go:12 +0x1d')}\nexit status 2`,
      'panic: no database',
    ],
    [
      'PHP',
      `PHP Fatal error:  Uncaught Exception: no DB\n${deep('#1 /app/index.php(3): open()')}\n  thrown in /app/index.php`,
      'no DB',
    ],
  ])('keeps the error itself, which %s writes before a deep stack', (_language, log, said) => {
    const told = endOfLog(log);
    expect(told).toContain(said);
    // Where it came from first is told with it.
    expect(told).toMatch(/server\.js:1:40|_load|App\.java|require\.rb|main\.go|index\.php/);
    expect(told).not.toContain('Node.js v');
  });
  test('leaves lines as they are that are no calls', () => {
    const log = ['starting', '  at your service', 'open(config)', '#1 is ready', 'listening'].join('\n');
    expect(endOfLog(log)).toBe(` Its log ends with:\n${log}`);
  });
  test('bounds each line', () => {
    expect(lastLines('x'.repeat(10_000), 1)[0]).toHaveLength(301);
  });
});
