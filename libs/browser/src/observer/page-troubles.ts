import type { CdpClient } from '../cdp/cdp-client';

const MOST = 3;
const LONGEST = 240;

/** As DevTools tells what went wrong in a page; only what is read here. */
interface ThrownEvent {
  exceptionDetails: { text: string; exception?: { description?: string } };
}
interface LogEvent {
  entry: { level: string; text: string; url?: string };
}

/**
 * What a page's program threw and which of its files did not load, one sentence each, oldest first, at most three. DevTools keeps it and tells it
 * again to whoever begins to listen: nothing is watched before somebody asks.
 */
export async function pageTroubles(client: CdpClient, sessionId: string): Promise<string[]> {
  const found: string[] = [];
  const note = (sentence: string): void => {
    if (found.length < MOST && !found.includes(sentence)) found.push(sentence);
  };
  const own =
    (handler: (params: Record<string, unknown>) => void) =>
    (params: Record<string, unknown>, from: string | undefined): void => {
      if (from === sessionId) handler(params);
    };
  const ended = [
    client.on(
      'Runtime.exceptionThrown',
      own((params) => note(thrown(params as unknown as ThrownEvent))),
    ),
    client.on(
      'Log.entryAdded',
      own((params) => {
        const said = logged(params as unknown as LogEvent);
        if (said !== undefined) note(said);
      }),
    ),
  ];
  try {
    await Promise.all(['Log', 'Runtime'].map((domain) => client.send(`${domain}.enable`, {}, sessionId)));
    return found;
  } finally {
    for (const end of ended) end();
    await Promise.all(['Log', 'Runtime'].map((domain) => client.send(`${domain}.disable`, {}, sessionId)));
  }
}

function thrown({ exceptionDetails: { text, exception } }: ThrownEvent): string {
  const [line = ''] = (exception?.description ?? text).split('\n');
  return `Its program failed with “${line.slice(0, LONGEST)}”.`;
}

function logged({ entry: { level, text, url } }: LogEvent): string | undefined {
  if (level !== 'error' || /favicon/.test(url ?? '')) return undefined;
  const file = url !== undefined && URL.canParse(url) ? ` (${new URL(url).pathname})` : '';
  return `${text.slice(0, LONGEST).replace(/\.$/, '')}${file}.`;
}
