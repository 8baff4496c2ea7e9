import { randomBytes } from 'node:crypto';
import { AppError } from '@showrunner/contracts';
import { sendObject } from '@showrunner/service';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { SharedFilms } from './shared-films';
import type { SharedFilmsOptions } from './shared-films';
import { embedPage, plainPage, watchPage } from './watch-page';

const PLACE = /^\/(watch|embed)\/([\w.-]+)(?:\/([\w.-]+))?$/;

/**
 * Shows films by share links, to anybody who has one: a page at `/watch/<token>`, the film alone at `/embed/<token>`, and its files, whole or
 * in ranges. Every request asks anew whether the link still opens something. What has ended is answered 410, with a page that says so.
 */
export function watchPages(options: SharedFilmsOptions): RequestHandler {
  const films = new SharedFilms(options);
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const [, kind, token = '', file] = PLACE.exec(request.path) ?? [];
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (kind === undefined || !isReading || (kind === 'embed' && file !== undefined)) return next();
    const nonce = randomBytes(16).toString('base64');
    pageHeaders(response, nonce, kind === 'embed');
    try {
      if (file === undefined) {
        const film = await films.page(token);
        const page = kind === 'embed' ? embedPage : watchPage;
        sendPage(response, 200, page(film, { origin: originOf(request), nonce }));
        return;
      }
      const key = await films.file(token, file);
      await sendObject(request, response, options.store, { key, fileName: file });
    } catch (error) {
      if (!(error instanceof AppError) || response.headersSent) throw error;
      response.removeHeader('ETag');
      const remedy = error.remedy ?? 'Try again in a moment.';
      sendPage(response, error.status, plainPage(error.message, remedy, nonce));
    }
  };
}

/** Everything comes from here, nothing leads elsewhere, and only an embedded film may stand within another page. */
function pageHeaders(response: Response, nonce: string, isEmbedded: boolean): void {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self'",
    "media-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${isEmbedded ? '*' : "'none'"}`,
  ];
  response.setHeader('Content-Security-Policy', policy.join('; '));
  if (isEmbedded) response.removeHeader('X-Frame-Options');
  response.setHeader('Cross-Origin-Resource-Policy', isEmbedded ? 'cross-origin' : 'same-origin');
  response.setHeader('X-Robots-Tag', 'noindex');
}

function sendPage(response: Response, status: number, page: string): void {
  response.status(status);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(page);
}

/** Where the browser sees the platform; link previews want whole addresses. A name that is none leaves them as paths. */
function originOf({ headers }: Request): string {
  const { host = '' } = headers;
  if (!/^[\w.:[\]-]{1,255}$/.test(host)) return '';
  return `${headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'}://${host}`;
}
