import { createReadStream, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const TYPES = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
  json: 'application/json',
  map: 'application/json',
  webmanifest: 'application/manifest+json',
  txt: 'text/plain',
  md: 'text/plain',
  csv: 'text/csv',
  xml: 'application/xml',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  ico: 'image/x-icon',
  woff: 'font/woff',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  otf: 'font/otf',
  wasm: 'application/wasm',
  pdf: 'application/pdf',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  webm: 'video/webm',
};
const root = realpathSync(process.argv[2] ?? '.');
const first = process.argv[3];

function find(pathname) {
  const parts = pathname.split('/').filter(Boolean);
  if (parts.some((part) => part.startsWith('.') || part.includes('\0'))) return undefined;
  const wanted = path.join(root, ...parts);
  for (const file of [wanted, path.join(wanted, 'index.html'), wanted + '.html']) {
    if (!existsSync(file) || !statSync(file).isFile()) continue;
    const real = realpathSync(file);
    if (real.startsWith(root + path.sep)) return real;
  }
  return undefined;
}

const isOnlyPage = (() => {
  const pages = readdirSync(root).filter((name) => /\.html?$/i.test(name));
  return pages.length === 1 && pages[0] === 'index.html';
})();
const isRoute = ({ headers }, pathname) =>
  isOnlyPage && path.extname(pathname) === '' && /\btext\/html\b/.test(headers.accept ?? '');

function send(request, response, status, file) {
  const type = TYPES[path.extname(file).slice(1).toLowerCase()] ?? 'application/octet-stream';
  const text = /^text|json|xml|svg/.test(type) ? type + '; charset=utf-8' : type;
  const size = statSync(file).size;
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const start = range && status === 200 ? Number(range[1]) : 0;
  const end = range && range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
  const headers = { 'content-type': text, 'cache-control': 'no-cache', 'accept-ranges': 'bytes' };
  if (start > end && size > 0) return response.writeHead(416, { 'content-range': 'bytes */' + size }).end();
  if (range && status === 200) headers['content-range'] = 'bytes ' + start + '-' + end + '/' + size;
  response.writeHead(headers['content-range'] ? 206 : status, {
    ...headers,
    'content-length': size === 0 ? 0 : end - start + 1,
  });
  if (request.method === 'HEAD' || size === 0) return response.end();
  createReadStream(file, { start, end })
    .on('error', () => response.destroy())
    .pipe(response);
}

createServer((request, response) => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return response.writeHead(405).end();
  let url;
  try {
    url = new URL(request.url, 'http://static');
    url.pathname = decodeURIComponent(url.pathname);
  } catch {
    return response.writeHead(400).end();
  }
  const pathname = decodeURIComponent(url.pathname);
  const isFolder =
    !pathname.endsWith('/') &&
    existsSync(path.join(root, pathname, 'index.html')) &&
    !pathname.includes('..');
  if (isFolder && find(pathname + '/'))
    return response.writeHead(301, { location: url.pathname + '/' + url.search }).end();
  const file = find(pathname);
  if (!file && pathname === '/' && first !== undefined)
    return response.writeHead(302, { location: '/' + encodeURIComponent(first) }).end();
  if (file) return send(request, response, 200, file);
  const missing = find('/404.html');
  if (missing) return send(request, response, 404, missing);
  // The one page of an app that draws its routes itself answers at each of them, as on most hosts.
  if (isRoute(request, pathname)) return send(request, response, 200, path.join(root, 'index.html'));
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
}).listen(Number(process.env.PORT) || 8080, process.env.HOST || '127.0.0.1', () =>
  console.log('Serving static files'),
);
