import cors from 'cors';
import type { RequestHandler } from 'express';

/**
 * Lets pages of these origins ask the API from a browser, with a key of theirs (Fetch, 3.2). Cookies are never allowed: those of the studio
 * stand for its pages alone. Without origins nothing is said, and browsers refuse.
 */
export function crossOrigin(origins: readonly string[]): RequestHandler[] {
  if (origins.length === 0) return [];
  const allow = cors({
    origin: [...origins],
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'X-API-Key',
      'Content-Type',
      'Idempotency-Key',
      'Last-Event-ID',
      'Range',
    ],
    exposedHeaders: [
      'Content-Range',
      'ETag',
      'Location',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'X-Request-Id',
    ],
    maxAge: 600,
  });
  return [
    (request, response, next) => {
      if (!request.path.startsWith('/api')) return next();
      const { origin } = request.headers;
      if (origin === undefined || !origins.includes(origin)) return next();
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      allow(request, response, next);
    },
  ];
}
