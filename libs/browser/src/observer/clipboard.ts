import { AppError } from '@showrunner/contracts';
import type { CdpClient } from '../cdp/cdp-client';

/** Longest wait for the browser's answer, ms: a page that is busy has not copied anything either. */
const ANSWER_MS = 1500;

/** All that lies there: texts, and of anything else its type and size. */
const READ = `(async () => {
  const parts = [];
  for (const item of await navigator.clipboard.read())
    for (const type of item.types) {
      const blob = await item.getType(type);
      parts.push(type === 'text/plain' ? await blob.text() : type + ' ' + blob.size);
    }
  return parts.filter((part) => part !== '').join(' ').slice(0, 2000);
})()`;

/**
 * What lies in the clipboard of the session's own browser, which no page can forge. The page gets no permission to read it: that is given for
 * the moment of the look alone. A look never touches the page.
 */
export class Clipboard {
  /** What lay there when it was last looked at; a fresh browser has nothing. */
  private last = '';
  /** Unix ms of the look that first found what lies there now. */
  private foundAt = 0;

  /** @param evaluate runs an expression in the world of our own in the page */
  constructor(
    private readonly client: Pick<CdpClient, 'send'>,
    private readonly origin: string,
    private readonly evaluate: <T>(expression: string) => Promise<T>,
  ) {}

  /** Empties it, so that what lies there afterwards has come since; false when that cannot be. */
  async empty(): Promise<boolean> {
    const now = await this.ask(`navigator.clipboard.writeText('').then(() => '')`);
    if (now !== undefined) this.last = now;
    return now !== undefined;
  }

  /** Whether it may hold what came before. */
  get isUsed(): boolean {
    return this.last !== '';
  }

  /**
   * Whether something was put into it since (Unix ms); `unknown` where the browser does not tell, and where the same lies there as at the look before.
   */
  async look(since: number): Promise<'written' | 'empty' | 'unknown'> {
    const now = await this.ask(READ);
    if (now === undefined) return 'unknown';
    if (now !== this.last) this.foundAt = Date.now();
    this.last = now;
    if (now === '') return 'empty';
    return this.foundAt >= since ? 'written' : 'unknown';
  }

  private async ask(expression: string): Promise<string | undefined> {
    await this.allow('granted');
    try {
      return await Promise.race([
        this.evaluate<string | null>(`(${expression}).catch(() => null)`).then((text) => text ?? undefined),
        new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ANSWER_MS).unref()),
      ]);
    } catch (error) {
      // Without a clipboard there is no answer; a page that is gone is told by the look at the page itself.
      if (error instanceof AppError) return undefined;
      throw error;
    } finally {
      await this.allow('prompt');
    }
  }

  /** Writing stays allowed, as it is to the page of anybody who has it before them. */
  private async allow(setting: 'granted' | 'prompt'): Promise<void> {
    const { client, origin } = this;
    const set = (name: string, as: string): Promise<unknown> =>
      client.send('Browser.setPermission', { permission: { name }, setting: as, origin });
    await Promise.all([
      set('clipboard-read', setting),
      setting === 'granted' && set('clipboard-write', 'granted'),
    ]);
  }
}
