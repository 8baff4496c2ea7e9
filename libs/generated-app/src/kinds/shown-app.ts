import type { AppKind, WrittenApp } from '@showrunner/contracts';
import type { Finding } from '../scan/finding';
import type { ProjectFile } from '../project-file';
import apiPage from './api-page.program.mjs';
import { PAGE_CSS } from './page.css';
import scriptPage from './script-page.program.mjs';
import showApi from './show-api.program.mjs';
import showScript from './show-script.program.mjs';

/** Folder of what is laid beside a written app so that it can be seen. */
const FOLDER = 'showrunner';

/** What is missing of an app of its kind. */
export function missingOf({ files, calls }: WrittenApp, kind: AppKind): Finding[] {
  const paths = new Set(files.map(({ path }) => path));
  const missing = (path: string, message: string): Finding[] => [
    { path, line: null, rule: 'missing', message },
  ];
  if (files.some(({ path }) => path.startsWith(`${FOLDER}/`)))
    return missing(FOLDER, 'Leave this folder to us.');
  if (kind === 'api') {
    if (!paths.has('server.js'))
      return missing('server.js', 'An API is started by server.js, which is not there.');
    return calls.length === 0
      ? missing('the app', 'Name at least one call that the page of the API can offer.')
      : [];
  }
  const hasMain = paths.has('main.py') || paths.has('main.mjs');
  return kind === 'script' && !hasMain
    ? missing('main.py', 'A script is main.py or main.mjs, and neither is there.')
    : [];
}

/** The files of a project: those that were written, and around an API or a script a page that shows it. Pure. */
export function shownApp(app: WrittenApp, kind: AppKind): ProjectFile[] {
  if (kind === 'webapp') return app.files;
  const written = app.files.filter(({ path }) => path !== 'package.json');
  const given = app.files.find(({ path }) => path === 'package.json')?.content ?? '{}';
  const file = (name: string, content: string): ProjectFile => ({ path: `${FOLDER}/${name}`, content });
  const shared = [file('page.css', PAGE_CSS), file('index.html', pageOf(app, kind))];
  const own =
    kind === 'api'
      ? [
          file('show.mjs', showApi),
          file('page.mjs', apiPage),
          file('calls.json', JSON.stringify({ calls: app.calls }, null, 2)),
        ]
      : [
          file('show.mjs', showScript),
          file('page.mjs', scriptPage),
          file('inputs.json', JSON.stringify({ inputs: app.inputs }, null, 2)),
        ];
  return [...written, { path: 'package.json', content: startedByShow(given) }, ...shared, ...own];
}

/** The manifest as it was written, started by the page. It was read before, as part of the scan. */
function startedByShow(text: string): string {
  const manifest = JSON.parse(text) as Record<string, unknown>;
  const scripts = { start: `node ${FOLDER}/show.mjs` };
  return `${JSON.stringify({ name: 'app', private: true, ...manifest, scripts }, null, 2)}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => ESCAPES[one] ?? one);

function pageOf({ title, summary }: WrittenApp, kind: 'api' | 'script'): string {
  const body =
    kind === 'api'
      ? '<section id="calls" aria-label="Calls"></section>'
      : '<form id="run" class="card" aria-label="Run"><button>Run</button><output id="said"></output><pre id="printed" hidden></pre></form>';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escaped(title)}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/showrunner/page.css">
    <script type="module" src="/showrunner/page.mjs"></script>
  </head>
  <body>
    <main>
      <h1>${escaped(title)}</h1>
      <p>${escaped(summary)}</p>
      ${body}
    </main>
  </body>
</html>
`;
}
