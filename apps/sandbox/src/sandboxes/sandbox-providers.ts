import type { SandboxProviderName } from '@showrunner/contracts';
import type { SandboxProvider } from '@showrunner/sandbox';

/** Opens a provider when it is first needed. @throws AppError `sandbox_unavailable` */
export type OpenProvider = (name: SandboxProviderName) => Promise<SandboxProvider>;

/** The providers of this process: each is opened once, when it is first asked for. */
export class SandboxProviders {
  private readonly opened = new Map<SandboxProviderName, Promise<SandboxProvider>>();

  constructor(private readonly open: OpenProvider) {}

  of(name: SandboxProviderName): Promise<SandboxProvider> {
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    const opening = this.open(name);
    this.opened.set(name, opening);
    // What could not be opened may be set up later.
    opening.catch(() => this.opened.delete(name));
    return opening;
  }

  async close(): Promise<void> {
    const closing = [...this.opened.values()].map(async (opening) => (await opening).close());
    await Promise.allSettled(closing);
  }
}
