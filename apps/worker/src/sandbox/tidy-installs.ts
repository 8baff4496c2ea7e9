import { KeptInstalls } from '@showrunner/warm-install';
import type { SandboxDependencies } from './dependencies';

const EVERY_MS = 30 * 60_000;

/** Removes, now and from time to time, kept installs that have expired or for which there is no room. */
export function startTidyingInstalls(
  {
    store,
    logger,
    config,
  }: Pick<SandboxDependencies, 'store' | 'logger'> & {
    config: Pick<SandboxDependencies['config'], 'INSTALL_CACHE_BYTES'>;
  },
  everyMs = EVERY_MS,
): { stop(): void } {
  const kept = new KeptInstalls(store);
  let busy = false;
  const tidy = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      const { removed, bytes } = await kept.tidy(config.INSTALL_CACHE_BYTES);
      if (removed > 0) logger.info({ removed, bytes }, 'removed kept installs');
    } catch (error) {
      logger.warn({ err: error }, 'kept installs could not be tidied; the next round tries again');
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void tidy(), everyMs);
  timer.unref();
  void tidy();
  return { stop: () => clearInterval(timer) };
}
