import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { AppError } from '@showrunner/contracts';
import { sendProblem } from '@showrunner/service';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};
/** Stands in the page where each answer has a value of its own, which its styles must show. */
const NONCE = '__NONCE__';
const PAGES = '/studio';
const YEAR_SECONDS = 31_536_000;

interface Asset {
  type: string;
  body: Buffer;
  /** With Brotli, as the build made it. */
  compressed: Buffer | undefined;
  etag: string;
}

/**
 * Shows the studio below `/studio/`, and brings browsers there that ask for `/`. Whatever it answers stood in the built folder: it is read
 * once, and a path is looked up, never opened. Any other path below is the one page, whose router knows what to show.
 * @param folder with `index.html`; where it is missing, the studio answers 503 `studio_not_built`
 */
export function studioPages(folder: string): RequestHandler {
  let read: Map<string, Asset> | undefined;
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    if (request.path === '/' && wantsPage(request)) return response.redirect(302, `${PAGES}/`);
    if (request.path === PAGES) return response.redirect(302, `${PAGES}/`);
    if (!request.path.startsWith(`${PAGES}/`)) return next();
    read ??= existsSync(join(folder, 'index.html')) ? readAssets(folder) : undefined;
    const name = request.path.slice(PAGES.length + 1);
    const asset = read?.get(name);
    const page = read?.get('index.html');
    if (asset !== undefined && asset !== page) return sendAsset(request, response, asset);
    if (page !== undefined && extname(name) === '') return sendPage(response, page);
    sendProblem(request, response, page === undefined ? notBuilt() : unknown(request.path));
  };
}

/** Programs ask for anything, browsers for pages. */
const wantsPage = ({ headers }: Request): boolean => (headers.accept ?? '').includes('text/html');

function readAssets(folder: string): Map<string, Asset> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const entries = files.flatMap((entry): [string, Asset][] => {
    const path = join(entry.parentPath, entry.name);
    const type = TYPES[extname(path)];
    if (type === undefined) return [];
    const body = readFileSync(path);
    const compressed = existsSync(`${path}.br`) ? readFileSync(`${path}.br`) : undefined;
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    return [[relative(folder, path).split(sep).join('/'), { type, body, compressed, etag }]];
  });
  return new Map(entries);
}

/** Scripts and styles carry the hash of their content in their names: they never change. */
function sendAsset(request: Request, response: Response, { type, body, compressed, etag }: Asset): void {
  response.setHeader('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`);
  response.setHeader('ETag', etag);
  response.setHeader('Vary', 'Accept-Encoding');
  if (request.headers['if-none-match'] === etag) {
    response.status(304).end();
    return;
  }
  const isCompressed =
    compressed !== undefined && /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (isCompressed) response.setHeader('Content-Encoding', 'br');
  response.setHeader('Content-Type', type);
  response.end(isCompressed ? compressed : body);
}

function sendPage(response: Response, { type, body }: Asset): void {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader('Content-Security-Policy', policyOf(nonce));
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), interest-cohort=()');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', type);
  response.end(body.toString().replaceAll(NONCE, nonce));
}

/** Everything comes from here; nothing of it may be framed, and no form leads elsewhere. */
const policyOf = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

const notBuilt = (): AppError =>
  new AppError('studio_not_built', 'The pages of the studio are not built.', {
    status: 503,
    remedy: 'Build them with "npm run build", then start the platform again.',
  });
const unknown = (path: string): AppError =>
  new AppError('unknown_route', `There is nothing at ${path}.`, {
    status: 404,
    remedy: 'The studio begins at /studio/.',
  });
