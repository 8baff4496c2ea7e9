import { CoveredPlacesSchema, type Box, type SecretValues } from '@showrunner/contracts';
import type { CdpClient } from '../cdp/cdp-client';
import { pageProgram } from '../observer/page-program';
import { WORLD } from '../observer/page-world';
import { COVER_FUNCTIONS, coverSecrets, seekSecrets } from './cover-secrets';

const PROGRAM = pageProgram(COVER_FUNCTIONS, { seekSecrets }, coverSecrets, 'showrunnerSecrets');
const TELL = 'showrunnerTell';

/** All that is covered from `atMs` (Unix epoch) on, in pixels of the window. */
export interface Covering {
  atMs: number;
  boxes: Box[];
}

/** Has the secrets of a session covered in each of its documents from their first moment on, and knows where. */
export class PageCovers {
  private readonly places = new Map<string, Box[]>();
  private script: string | undefined;
  private sought = '';

  /** @param onChange whenever something is covered, moves or is gone */
  constructor(
    private readonly send: <T>(method: string, params: object) => Promise<T>,
    private readonly secrets: SecretValues,
    private readonly onChange: (covering: Covering) => void,
  ) {}

  /** Before the first document. */
  async start(client: CdpClient, session: string): Promise<void> {
    client.on('Runtime.bindingCalled', (params, from) => {
      if (from === session && params['name'] === TELL) this.told(String(params['payload']));
    });
    // Without it worlds are not told of.
    await this.send('Runtime.enable', {});
    await this.send('Runtime.addBinding', { name: TELL, executionContextName: WORLD });
    await this.refresh();
  }

  /** The document is gone, with all of its frames. */
  left(): void {
    if (this.places.size === 0) return;
    this.places.clear();
    this.onChange({ atMs: Date.now(), boxes: [] });
  }

  /** For the document that is there already. */
  get program(): string {
    return `${PROGRAM} showrunnerSecrets.seekSecrets(${JSON.stringify(this.secrets.sought)});`;
  }

  /** What is sought may be more than before. */
  async refresh(): Promise<boolean> {
    const sought = JSON.stringify(this.secrets.sought);
    if (this.script !== undefined && sought === this.sought) return false;
    this.sought = sought;
    const earlier = this.script;
    const { identifier } = await this.send<{ identifier: string }>('Page.addScriptToEvaluateOnNewDocument', {
      ...{ source: this.program, worldName: WORLD, runImmediately: true },
    });
    this.script = identifier;
    if (earlier !== undefined)
      await this.send('Page.removeScriptToEvaluateOnNewDocument', { identifier: earlier });
    return true;
  }

  private told(text: string): void {
    const told = CoveredPlacesSchema.safeParse(JSON.parse(text)).data;
    if (told === undefined) return;
    if (told.boxes.length === 0) this.places.delete(told.id);
    else this.places.set(told.id, told.boxes);
    this.onChange({ atMs: told.atMs, boxes: [...this.places.values()].flat() });
  }
}
