import type { CdpClient } from '../cdp/cdp-client';

const MOST = 50;

/** Files that the browser began to fetch for its user. It keeps none of them; that one began is what can be seen. */
export class Downloads {
  private readonly begun: { name: string; atMs: number }[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** Listens to the browser; its downloads are refused, and told. */
  async watch(client: CdpClient): Promise<void> {
    client.on('Browser.downloadWillBegin', (params) => {
      this.begun.push({ name: String(params['suggestedFilename']).slice(0, 200), atMs: this.now() });
      if (this.begun.length > MOST) this.begun.shift();
    });
    await client.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true });
  }

  /** Names of the files that began since (Unix ms). */
  since(atMs: number): string[] {
    return this.begun.filter((one) => one.atMs >= atMs).map(({ name }) => name);
  }
}
