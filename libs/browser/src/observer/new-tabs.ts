import { AppError } from '@showrunner/contracts';
import type { CdpClient } from '../cdp/cdp-client';

export interface TargetInfo {
  targetId: string;
  type: string;
  url: string;
  openerId?: string;
}

/** A page that opens another one: what it shows at the preview goes on in the one page that is filmed; the rest is closed. */
export class NewTabs {
  private readonly met = new Set<string>();

  /** @param page the one that is filmed */
  constructor(
    private readonly options: { client: CdpClient; origin: string; onNote: (note: string) => void },
    private readonly page: { targetId: string; sessionId: string },
  ) {}

  watch(): void {
    for (const event of ['Target.targetCreated', 'Target.targetInfoChanged'])
      this.options.client.on(event, (params) => void this.meet(params['targetInfo'] as TargetInfo));
  }

  private async meet({ targetId, type, url, openerId }: TargetInfo): Promise<void> {
    const isNew =
      type === 'page' && openerId !== undefined && targetId !== this.page.targetId && !this.met.has(targetId);
    if (!isNew || url === '' || url === 'about:blank') return;
    this.met.add(targetId);
    const { client, origin, onNote } = this.options;
    const isPreview = URL.canParse(url) && new URL(url).origin === origin;
    onNote(
      isPreview
        ? `The app opened ${url} in a new tab; it was shown in the same tab.`
        : `The app opened a new tab, which was closed.`,
    );
    try {
      await client.send('Target.closeTarget', { targetId });
      if (isPreview) await client.send('Page.navigate', { url }, this.page.sessionId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      onNote(`A new tab could not be closed: ${error.message}`);
    }
  }
}
