import { quote } from '../draft';
import { baseName, folderOf, type FileListing } from '../listing';
import { moduleOf, type PythonApp } from './python-app';

type Finder = (listing: FileListing, sources: readonly string[]) => PythonApp | undefined;

const fileWith = (listing: FileListing, sources: readonly string[], pattern: RegExp): string | undefined =>
  sources.find((file) => pattern.test(listing.read(file) ?? ''));
const imports = (module: string): RegExp => new RegExp(`^\\s*(?:from|import)\\s+${module}\\b`, 'm');

export const djangoApp: Finder = (listing) => {
  const manage = listing.files.find((file) => baseName(file) === 'manage.py');
  if (manage === undefined) return undefined;
  const folder = folderOf(manage);
  const enter = folder === '' ? '' : `cd ${quote(folder)} && `;
  return {
    framework: 'django',
    start: `${enter}python manage.py runserver 127.0.0.1:$PORT --noreload`,
    port: 8000,
    setup: [`${enter}python manage.py migrate --noinput`],
    env: {},
    reason: `${manage} makes it a Django site; its migrations run first.`,
  };
};

const fastApi: Finder = (listing, sources) => {
  const file =
    fileWith(listing, sources, /^\w+\s*(?::[^=\n]+)?=\s*(?:fastapi\.)?FastAPI\(/m) ??
    fileWith(listing, sources, /^\w+\s*=\s*Starlette\(/m);
  if (file === undefined) return undefined;
  const variable =
    /^(\w+)\s*(?::[^=\n]+)?=\s*(?:fastapi\.)?(?:FastAPI|Starlette)\(/m.exec(listing.read(file) ?? '')?.[1] ??
    'app';
  return {
    framework: 'fastapi',
    start: `uvicorn ${moduleOf(file)}:${variable} --host 127.0.0.1 --port $PORT`,
    port: 8000,
    setup: [],
    env: {},
    reason: `${file} defines a FastAPI app.`,
    needs: ['uvicorn'],
  };
};

const streamlit: Finder = (listing, sources) => {
  const file = fileWith(listing, sources, imports('streamlit'));
  return file === undefined
    ? undefined
    : {
        framework: 'streamlit',
        start: `streamlit run ${quote(file)} --server.port $PORT --server.address 127.0.0.1 --server.headless true --server.fileWatcherType none --browser.gatherUsageStats false`,
        port: 8501,
        setup: [],
        env: {},
        reason: `${file} is a Streamlit app.`,
        needs: ['streamlit'],
      };
};

/** Frameworks whose file is run as it is. */
const RUN_AS_FILE: readonly { name: string; pattern: RegExp; port: number; env: Record<string, string> }[] = [
  {
    name: 'gradio',
    pattern: imports('gradio'),
    port: 7860,
    env: { GRADIO_ANALYTICS_ENABLED: 'False', GRADIO_SERVER_NAME: '127.0.0.1', HF_HUB_OFFLINE: '1' },
  },
  { name: 'dash', pattern: imports('dash'), port: 8050, env: {} },
  { name: 'nicegui', pattern: imports('nicegui'), port: 8080, env: {} },
  { name: 'bottle', pattern: imports('bottle'), port: 8080, env: {} },
  { name: 'sanic', pattern: imports('sanic'), port: 8000, env: {} },
  { name: 'tornado', pattern: imports('tornado'), port: 8888, env: {} },
  { name: 'aiohttp', pattern: /^\s*from\s+aiohttp\s+import\s+.*\bweb\b/m, port: 8080, env: {} },
  {
    name: 'python',
    pattern: /\b(HTTPServer|ThreadingHTTPServer|socketserver|make_server|serve_forever)\b/,
    port: 8000,
    env: {},
  },
];

const runAsFile: Finder = (listing, sources) => {
  for (const row of RUN_AS_FILE) {
    const runs = sources.filter((file) => row.pattern.test(listing.read(file) ?? ''));
    const file =
      runs.find((one) => /__main__|\.launch\(|\.run\(|serve_forever/.test(listing.read(one) ?? '')) ??
      runs[0];
    if (file === undefined) continue;
    return {
      framework: row.name,
      start: `python ${quote(file)}`,
      port: row.port,
      setup: [],
      env: row.env,
      reason: `${file} is a ${row.name} app.`,
    };
  }
  return undefined;
};

/** In the order in which they are asked; Django and Flask come before these. */
export const OTHER_FRAMEWORKS: readonly Finder[] = [fastApi, streamlit, runAsFile];
