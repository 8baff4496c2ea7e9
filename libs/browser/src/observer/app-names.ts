import type { PageWorld } from './page-world';

/** What an app says of its own name. */
export interface AppNames {
  manifest?: string;
  application?: string;
  site?: string;
}

const MANIFEST_TIMEOUT_MS = 1500;
const LONGEST = 120;
const META = `((find) => ({
  application: find('meta[name="application-name"]') ?? find('meta[name="apple-mobile-web-app-title"]'),
  site: find('meta[property="og:site_name"]'),
}))((selector) => document.head?.querySelector(selector)?.getAttribute('content')?.slice(0, ${LONGEST}) ?? undefined)`;

type Send = <T>(method: string, params?: object) => Promise<T>;

/** Names in the page's head and in its web manifest, which Chromium fetches; what cannot be had in a moment is left out. */
export async function appNamesOf(world: Pick<PageWorld, 'run'>, send: Send): Promise<AppNames> {
  const [meta, manifest] = await Promise.all([
    world.run<{ application?: string; site?: string }>(META),
    manifestName(send),
  ]);
  return { ...meta, ...(manifest === undefined ? {} : { manifest }) };
}

async function manifestName(send: Send): Promise<string | undefined> {
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), MANIFEST_TIMEOUT_MS).unref();
  });
  try {
    const answer = await Promise.race([send<{ data?: string }>('Page.getAppManifest'), late]);
    return nameIn(answer?.data);
  } catch {
    // A page without a manifest, or one that cannot be fetched, names nothing.
    return undefined;
  }
}

/** `name`, or else `short_name`, of a manifest's text; undefined when it is none. */
export function nameIn(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 1_000_000) return undefined;
  try {
    const { name, short_name: short } = JSON.parse(text) as { name?: unknown; short_name?: unknown };
    const found = [name, short].find((one) => typeof one === 'string' && one.trim() !== '');
    return typeof found === 'string' ? found.trim().slice(0, LONGEST) : undefined;
  } catch {
    // What is no JSON is no manifest.
    return undefined;
  }
}
