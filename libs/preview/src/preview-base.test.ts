import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { previewBase, previewUrl, sessionPreviewUrl } from './preview-base';
import { previewPlaceOfHost } from './preview-host';

describe('the base of previews', () => {
  it('is preview.localhost on the port of the previews unless the settings say otherwise', () => {
    const base = previewBase({ PREVIEW_PORT: 4401 });
    expect(previewUrl(base, { sandboxId: 'sbx-1' })).toBe('http://sbx-1.preview.localhost:4401');
  });

  it.each([
    ['https://apps.example.com', 'https://8080--sbx-1.apps.example.com'],
    ['https://apps.example.com:8443', 'https://8080--sbx-1.apps.example.com:8443'],
    ['http://preview.localhost/', 'http://8080--sbx-1.preview.localhost'],
  ])('of %s shows a port at %s', (PREVIEW_BASE_URL, url) => {
    const base = previewBase({ PREVIEW_BASE_URL, PREVIEW_PORT: 4401 });
    expect(previewUrl(base, { sandboxId: 'sbx-1', port: 8080 })).toBe(url);
  });

  it('gives addresses that lead back to their sandbox and port', () => {
    const sandboxIds = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    const ports = fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined });
    fc.assert(
      fc.property(sandboxIds, ports, (sandboxId, port) => {
        const base = previewBase({ PREVIEW_BASE_URL: 'https://apps.example.com', PREVIEW_PORT: 1 });
        const place = port === undefined ? { sandboxId } : { sandboxId, port };
        expect(previewPlaceOfHost(new URL(previewUrl(base, place)).host, base.domain)).toEqual(place);
      }),
    );
  });

  it('is not where the browser of a session sees the app', () => {
    expect(sessionPreviewUrl('sbx-1')).toBe('http://sbx-1.preview.localhost:4401');
  });
});
