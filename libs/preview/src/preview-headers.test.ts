import { describe, expect, it } from '@jest/globals';
import { hasLooped, toPreviewHeaders, toUpstreamHeaders } from './preview-headers';
import { sandboxIdOfHost } from './preview-host';

const pair = { previewHost: 's1.preview.localhost:4401', upstreamHost: 'localhost:5173' };

describe('what the app is shown', () => {
  it('is its own host and origin', () => {
    const headers = toUpstreamHeaders(
      {
        host: pair.previewHost,
        origin: 'http://s1.preview.localhost:4401',
        referer: 'http://s1.preview.localhost:4401/a?b=http://x',
      },
      pair,
    );
    expect(headers).toMatchObject({
      host: 'localhost:5173',
      origin: 'http://localhost:5173',
      referer: 'http://localhost:5173/a?b=http://x',
    });
  });

  it('keeps an origin that is another', () => {
    for (const origin of ['null', 'https://evil.test', 'http://s1.preview.localhost:4401.evil.test'])
      expect(toUpstreamHeaders({ origin }, pair).origin).toBe(origin);
  });

  it('holds nothing of the platform, and nothing that ends at this hop', () => {
    const headers = toUpstreamHeaders(
      {
        authorization: 'Bearer sk_live_1',
        'x-api-key': 'k',
        'x-showrunner-internal': 't',
        'x-forwarded-for': '1.2.3.4',
        cookie: 'a=1; showrunner_session=s; b=2',
        connection: 'keep-alive, x-hop',
        'x-hop': '1',
        'keep-alive': '5',
        'proxy-authorization': 'p',
        accept: '*/*',
      },
      pair,
    );
    expect(headers).toEqual({
      host: 'localhost:5173',
      via: '1.1 showrunner-preview',
      cookie: 'a=1; b=2',
      accept: '*/*',
    });
  });

  it("keeps the app's own credentials", () => {
    const headers = toUpstreamHeaders({ authorization: 'Bearer eyJ', cookie: 'showrunner-x=1' }, pair);
    expect(headers.authorization).toBe('Bearer eyJ');
    expect(headers.cookie).toBeUndefined();
  });

  it('shows when a request goes round', () => {
    expect(hasLooped({ via: '1.1 other' })).toBe(false);
    expect(hasLooped({ via: Array(3).fill('1.1 showrunner-preview').join(', ') })).toBe(true);
  });
});

describe('what the browser is shown', () => {
  it.each([
    ['http://localhost:5173/login?a=1', 'http://s1.preview.localhost:4401/login?a=1'],
    ['https://127.0.0.1:5173/', 'http://s1.preview.localhost:4401/'],
    ['//localhost:5173/x', 'http://s1.preview.localhost:4401/x'],
    ['http://localhost:5173', 'http://s1.preview.localhost:4401'],
    ['/relative', '/relative'],
    ['http://localhost:9999/', 'http://localhost:9999/'],
    [
      'https://accounts.example.com/?to=http://localhost:5173/',
      'https://accounts.example.com/?to=http://localhost:5173/',
    ],
  ])('the redirect %s as %s', (location, expected) =>
    expect(toPreviewHeaders({ location }, pair).location).toBe(expected),
  );

  it('cookies of its own, no rule for later connections', () => {
    const headers = toPreviewHeaders(
      {
        'set-cookie': ['a=1; Domain=localhost; Path=/', 'b=Domain=x; HttpOnly'],
        'strict-transport-security': 'max-age=1',
      },
      pair,
    );
    expect(headers).toEqual({ 'set-cookie': ['a=1; Path=/', 'b=Domain=x; HttpOnly'] });
  });
});

describe('sandboxIdOfHost', () => {
  it.each([
    ['s1.preview.localhost:4401', 's1'],
    ['S1.Preview.Localhost', 's1'],
    ['preview.localhost', undefined],
    ['a.b.preview.localhost', undefined],
    ['s1.preview.localhost.evil.test', undefined],
    ['', undefined],
  ])('%s is %s', (host, expected) => expect(sandboxIdOfHost(host)).toBe(expected));
});
