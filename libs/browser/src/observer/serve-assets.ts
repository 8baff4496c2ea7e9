import { AppError } from '@showrunner/contracts';
import type { CdpClient } from '../cdp/cdp-client';

/** Files of other hosts that a page may have although it reaches its own app alone: all of them known before the session began. */
export interface SessionAssets {
  /** Hosts of which anything is known; requests to others are not looked at. */
  hosts: readonly string[];
  get(url: string): Promise<{ contentType: string; body: Buffer } | undefined>;
}

/**
 * Answers what an attached page asks of these hosts; what is not known fails as it would without. The files are public, so any origin may
 * read them; a page's own `integrity` is checked by the browser against the bytes.
 */
export async function serveAssets(
  client: CdpClient,
  sessionId: string,
  assets: SessionAssets,
): Promise<void> {
  if (assets.hosts.length === 0) return;
  client.on('Fetch.requestPaused', (params, from) => {
    if (from !== sessionId) return;
    const { requestId, request } = params as { requestId: string; request: { url: string; method: string } };
    void answer(client, sessionId, assets, { requestId, ...request });
  });
  await client.send(
    'Fetch.enable',
    { patterns: assets.hosts.map((host) => ({ urlPattern: `*://${host}/*` })) },
    sessionId,
  );
}

async function answer(
  client: CdpClient,
  sessionId: string,
  assets: SessionAssets,
  { requestId, url, method }: { requestId: string; url: string; method: string },
): Promise<void> {
  try {
    const asset = method === 'GET' ? await assets.get(url) : undefined;
    if (asset === undefined) {
      await client.send('Fetch.continueRequest', { requestId }, sessionId);
      return;
    }
    const headers = {
      'content-type': asset.contentType,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=31536000, immutable',
    };
    await client.send(
      'Fetch.fulfillRequest',
      {
        requestId,
        responseCode: 200,
        responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
        body: asset.body.toString('base64'),
      },
      sessionId,
    );
  } catch (error) {
    // The page has left, or the file could not be read: the request fails, as it would have without us.
    if (!(error instanceof AppError)) throw error;
    await client
      .send('Fetch.failRequest', { requestId, errorReason: 'Failed' }, sessionId)
      .catch(() => undefined);
  }
}
