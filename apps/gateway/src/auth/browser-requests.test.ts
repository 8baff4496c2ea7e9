import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { requireOwnPage, sentCookie } from './browser-requests';

const request = (method: string, headers: Record<string, string>): IncomingMessage =>
  ({ method, headers: { host: '127.0.0.1:4400', ...headers } }) as never;

describe('sentCookie', () => {
  it.each([
    ['showrunner_session=abc', 'abc'],
    ['a=1; showrunner_session=abc; b=2', 'abc'],
    ['', undefined],
    ['showrunner_session=', undefined],
    ['xshowrunner_session=abc', undefined],
    // Two of one name: another host of the same machine may have set one of them.
    ['showrunner_session=abc; showrunner_session=def', undefined],
    [`showrunner_session=${'x'.repeat(600)}`, undefined],
  ])('of "%s" is %s', (cookie, expected) => {
    expect(sentCookie(request('GET', { cookie }))).toBe(expected);
  });
});

describe('requireOwnPage', () => {
  const own = { origin: 'http://127.0.0.1:4400', 'sec-fetch-site': 'same-origin' };
  const shown = { 'x-requested-by': 'studio' };
  it.each([
    ['a page of ours reads', 'GET', { 'sec-fetch-site': 'same-origin' }],
    ['an address was typed or a link of a program opened', 'GET', { 'sec-fetch-site': 'none' }],
    ['a browser that does not say where it comes from reads', 'GET', {}],
    ['a page of ours changes something', 'POST', { ...own, ...shown }],
    ['a page of ours opens a WebSocket', 'GET', { ...own, upgrade: 'websocket' }],
  ])('lets in: %s', (_, method, headers) => {
    expect(() => requireOwnPage(request(method, headers))).not.toThrow();
  });

  it.each([
    ['another port of this host reads', 'GET', { 'sec-fetch-site': 'same-site' }],
    ['another site reads', 'GET', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this host asks', 'GET', { origin: 'http://127.0.0.1:3000' }],
    ['a form is sent', 'POST', { 'sec-fetch-site': 'same-origin' }],
    ['a form of another site is sent', 'POST', { origin: 'https://evil.example', ...shown }],
    ['a page without an origin sends', 'DELETE', { origin: 'null', ...shown }],
    ['another site opens a WebSocket', 'GET', { origin: 'https://evil.example', upgrade: 'websocket' }],
    ['nobody says who opens a WebSocket', 'GET', { upgrade: 'websocket', ...shown }],
  ])('refuses: %s', (_, method, headers) => {
    expect(() => requireOwnPage(request(method, headers))).toThrow(
      expect.objectContaining({ code: 'cross_site_refused', status: 403 }) as never,
    );
  });
});
