import type { CdpClient } from '../cdp/cdp-client';

const QUALITY = 70;
/** A page that does not draw for so long is done without. */
const PATIENCE_MS = 3000;

/** The window of the only page as it is now, JPEG, one pixel a CSS pixel; undefined when there is none. @param client closed afterwards */
export async function pictureOf(client: CdpClient): Promise<Uint8Array | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    // A browser that is gone, or a page that just closed, has no picture.
    return await Promise.race([capture(client).catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
    client.close();
  }
}

async function capture(client: CdpClient): Promise<Uint8Array | undefined> {
  const { targetInfos } = (await client.send('Target.getTargets')) as {
    targetInfos: { type: string; targetId: string }[];
  };
  const page = targetInfos.find(({ type }) => type === 'page');
  if (page === undefined) return undefined;
  const { sessionId } = (await client.send('Target.attachToTarget', {
    ...{ targetId: page.targetId, flatten: true },
  })) as { sessionId: string };
  const { data } = (await client.send(
    'Page.captureScreenshot',
    { format: 'jpeg', quality: QUALITY },
    sessionId,
  )) as { data: string };
  return Buffer.from(data, 'base64');
}
