import { quotePath } from '../shell';
import type { FileListing } from '../listing';
import { importsModule } from './imports';
import { isImportable, moduleOf, type PythonFinder } from './python-app';

const fileWith = (listing: FileListing, sources: readonly string[], pattern: RegExp): string | undefined =>
  sources.find((file) => pattern.test(listing.read(file) ?? ''));

const ASGI =
  /^(\w{1,60})[ \t]{0,4}(?::[^=\n]{1,100})?=[ \t]{0,4}(?:fastapi\.|starlette\.applications\.)?(FastAPI|Starlette|Litestar)\(/m;
/** `create_app()` that makes an app when it is called. */
const ASGI_FACTORY = /^def[ \t]+(create_app|get_app|make_app)[ \t]{0,4}\(/m;

const asgi: PythonFinder = (listing, sources) => {
  const importable = sources.filter(isImportable);
  const file = fileWith(listing, importable, ASGI);
  const factory =
    file ??
    importable.find((one) => {
      const text = listing.read(one) ?? '';
      return /\b(?:FastAPI|Starlette)\(/.test(text) && ASGI_FACTORY.test(text);
    });
  if (factory === undefined) return undefined;
  const text = listing.read(factory) ?? '';
  const found = ASGI.exec(text);
  const name = (found?.[2] ?? 'FastAPI').toLowerCase();
  const target = found?.[1] ?? ASGI_FACTORY.exec(text)?.[1] ?? 'app';
  // A layout with src/ is imported without it.
  const inSource = factory.startsWith('src/');
  const module = moduleOf(inSource ? factory.slice('src/'.length) : factory);
  const flags = `${found === null ? ' --factory' : ''}${inSource ? ' --app-dir src' : ''}`;
  return {
    framework: name,
    start: `uvicorn ${module}:${target}${flags} --host 127.0.0.1 --port $PORT`,
    port: 8000,
    setup: [],
    env: {},
    reason: `${factory} defines a ${found?.[2] ?? 'FastAPI'} app.`,
    needs: ['uvicorn'],
  };
};

const streamlit: PythonFinder = (listing, sources) => {
  const file = fileWith(listing, sources, importsModule('streamlit'));
  return file === undefined
    ? undefined
    : {
        framework: 'streamlit',
        start: `streamlit run ${quotePath(file)} --server.port $PORT --server.address 127.0.0.1 --server.headless true --server.fileWatcherType none --browser.gatherUsageStats false`,
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
    pattern: importsModule('gradio'),
    port: 7860,
    env: { GRADIO_ANALYTICS_ENABLED: 'False', GRADIO_SERVER_NAME: '127.0.0.1', HF_HUB_OFFLINE: '1' },
  },
  { name: 'dash', pattern: importsModule('dash'), port: 8050, env: {} },
  { name: 'nicegui', pattern: importsModule('nicegui'), port: 8080, env: {} },
  { name: 'fasthtml', pattern: importsModule('fasthtml'), port: 5001, env: {} },
  { name: 'bottle', pattern: importsModule('bottle'), port: 8080, env: {} },
  { name: 'sanic', pattern: importsModule('sanic'), port: 8000, env: {} },
  { name: 'tornado', pattern: importsModule('tornado'), port: 8888, env: {} },
  {
    name: 'aiohttp',
    pattern: /^from[ \t]+aiohttp[ \t]+import[ \t]+[^\n]{0,200}\bweb\b/m,
    port: 8080,
    env: {},
  },
  {
    name: 'python',
    pattern: /\b(HTTPServer|ThreadingHTTPServer|socketserver|make_server|serve_forever)\b/,
    port: 8000,
    env: {},
  },
];

const runAsFile: PythonFinder = (listing, sources) => {
  for (const row of RUN_AS_FILE) {
    const runs = sources.filter((file) => row.pattern.test(listing.read(file) ?? ''));
    const file =
      runs.find((one) => /__main__|\.launch\(|\.run\(|serve_forever/.test(listing.read(one) ?? '')) ??
      runs[0];
    if (file === undefined) continue;
    return {
      framework: row.name,
      start: `python ${quotePath(file)}`,
      port: row.port,
      setup: [],
      env: row.env,
      reason: `${file} is a ${row.name} app.`,
    };
  }
  return undefined;
};

/** In the order in which they are asked; Django and Flask come before these. */
export const OTHER_FRAMEWORKS: readonly PythonFinder[] = [asgi, streamlit, runAsFile];
