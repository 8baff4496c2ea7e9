import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { importedPackages } from './dependencies';
import { safePath } from './file-names';
import { nextProjectOf } from './next-project';

const project = (generatedCode: Record<string, string>) => {
  const { files, notes } = nextProjectOf({ generatedCode, projectName: 'My App!', description: 'A "thing"' });
  return { notes, file: new Map(files.map(({ path, content }) => [path, content])) };
};
const REQUIRED = [
  'layout.tsx',
  'page.tsx',
  'globals.css',
  'package.json',
  'next.config.js',
  'tailwind.config.js',
  'postcss.config.js',
];

describe('a Next.js project of generated code', () => {
  it('has every file of the requirement, keeps what was given and adds what is missing', () => {
    const page = `import { Star } from 'lucide-react';\nimport Card from './components/Card';\nexport default () => <Card><Star /></Card>;`;
    const { file } = project({
      'page.tsx': page,
      'components/Card.tsx': 'export default (p) => <p>{p.children}</p>',
    });
    for (const path of REQUIRED) expect([path, file.has(path)]).toEqual([path, true]);
    expect([...file.keys()].some((path) => path.startsWith('public/assets/'))).toBe(true);
    expect(file.get('page.tsx')).toBe(page);
    expect(file.get('app/page.tsx')).toBe(`export { default } from '../page';\n`);
    expect(file.get('app/layout.tsx')).toBe(`export { default, metadata } from '../layout';\n`);
    expect(file.get('layout.tsx')).toContain(`description: "A \\"thing\\""`);
    const manifest = JSON.parse(file.get('package.json') ?? '') as Record<string, Record<string, string>>;
    expect(manifest['name']).toBe('my-app');
    expect(manifest['scripts']).toMatchObject({ dev: 'next dev', build: 'next build' });
    expect(manifest['dependencies']).toMatchObject({ 'lucide-react': 'latest', next: expect.any(String) });
    expect(file.get('tailwind.config.js')).toContain('./components/**');
  });

  it('keeps scripts and versions of a given package.json, and speaks Tailwind 4 when the styles do', () => {
    const given = JSON.stringify({ scripts: { 'custom-build': 'x' }, dependencies: { next: '14.0.0' } });
    const { file } = project({
      'page.tsx': 'export default () => null',
      'package.json': given,
      'globals.css': '@import "tailwindcss";',
    });
    const manifest = JSON.parse(file.get('package.json') ?? '') as Record<string, Record<string, string>>;
    expect(manifest['scripts']).toMatchObject({ 'custom-build': 'x', dev: 'next dev' });
    expect(manifest['dependencies']).toMatchObject({ next: '14.0.0' });
    expect(manifest['devDependencies']).toHaveProperty('@tailwindcss/postcss');
    expect(file.get('postcss.config.js')).toContain('@tailwindcss/postcss');
    expect(() => project({ 'page.tsx': '', 'package.json': '[]' })).toThrow(/not a JSON object/);
  });

  it('leaves a project that has routes of its own as it is, and shows a lone component', () => {
    const own = project({ 'app/page.tsx': 'x', 'app/layout.tsx': 'y' });
    expect(own.file.get('app/page.tsx')).toBe('x');
    expect(own.file.has('layout.tsx')).toBe(false);
    expect(project({ 'App.tsx': 'export default () => null' }).file.get('page.tsx')).toContain(`'./App'`);
    expect(() => project({ 'styles.css': '' })).toThrow(/no page/);
  });

  it('copies what Next.js reads off the text of a route', () => {
    const page = `export const dynamic = 'force-dynamic';\nexport async function generateMetadata() {}\nexport default () => null`;
    const { file } = project({ 'page.tsx': page });
    expect(file.get('app/page.tsx')).toBe(
      `export { default, generateMetadata } from '../page';\nexport const dynamic = 'force-dynamic';\n`,
    );
  });

  it('converts plain HTML and CSS: pages, styles, scripts, images and the links between them', () => {
    const { file, notes } = project({
      'index.html': `<!doctype html><html lang="de"><head><title>Shop & more</title><link rel="stylesheet" href="css/main.css">
        <link rel="stylesheet" href="https://fonts.test/a.css"><style>h1{color:red}</style><script src="app.js"></script></head>
        <body class="dark"><h1>Hi \`\${x}\` {y}</h1><img src="./logo.png?v=1"><a href="about.html#team">About</a>
        <script>alert("</" + "script>")</script></body></html>`,
      'about.html': '<p>About</p><a href="index.html">Home</a>',
      'css/main.css': 'body{background:url("../logo.png")}',
      'app.js': 'console.log(1)',
      'logo.png': 'png',
    });
    const page = file.get('page.tsx') ?? '';
    const html = JSON.parse(/^const html = (.*);$/m.exec(page)?.[1] ?? '') as string;
    expect(html).toContain('src="/assets/logo.png?v=1"');
    expect(html).toContain('href="/about#team"');
    expect(html).toContain('Hi `${x}` {y}');
    expect(html).toContain('alert(');
    expect(page).toContain('className={"dark"}');
    expect(page).toContain('<Script src={"/assets/app.js"} />');
    expect(file.get('about/page.tsx')).toContain('href=\\"/\\"');
    expect(file.get('app/about/page.tsx')).toBe(`export { default } from '../../about/page';\n`);
    expect(file.get('globals.css')).toBe(
      '@import url("https://fonts.test/a.css");\n\nbody{background:url("/assets/logo.png")}\n\nh1{color:red}',
    );
    expect(file.get('public/assets/logo.png')).toBe('png');
    expect(file.get('layout.tsx')).toContain('title: "Shop & more"');
    expect(file.get('layout.tsx')).toContain('lang={"de"}');
    expect(notes[0]).toContain('converted');
  });

  it('never leaves its folder, whatever files are called', () => {
    for (const name of [
      '../x',
      'a/../../x',
      '/etc/../../x',
      'a\\b',
      'a\0b',
      '.env',
      '.npmrc',
      '',
      '/',
      'node_modules/x',
      'a//b',
      '.git/config',
      'x'.repeat(300),
      '-rf',
      'a\nb',
    ])
      expect(() => safePath(name)).toThrow(expect.objectContaining({ code: 'file_name_invalid' }));
    for (const [name, path] of [
      ['./page.tsx', 'page.tsx'],
      ['/page.tsx', 'page.tsx'],
      ['app/[id]/(x)/page.tsx', 'app/[id]/(x)/page.tsx'],
    ] as const)
      expect(safePath(name)).toBe(path);
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60, unit: fc.constantFrom('a', '.', '/', '\\', '\0', ' ', '-', '@') }),
        (name) => {
          let path: string;
          try {
            path = safePath(name);
          } catch {
            return;
          }
          expect(
            path.startsWith('/') || path.split('/').some((part) => part.startsWith('.') || part === ''),
          ).toBe(false);
        },
      ),
    );
  });

  it('finds the packages that sources import', () => {
    const source = `import a from 'a'; import "b/x.css"; import { c } from '@c/d/e'; export * from './near'; const f = require("f");
      import fs from 'node:fs'; import path from 'path'; import('g'); import x from '@/lib/x';`;
    expect(importedPackages([source])).toEqual(['@c/d', 'a', 'b', 'f', 'g']);
  });
});
