import { Readable } from 'node:stream';
import { AppError, type BuildSpec } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import { readInstallFacts, type InstallFacts } from './install-facts';
import { isLocked } from './install-inputs';
import { installKey } from './install-key';
import type { KeptInstalls } from './kept-installs';
import { packMade, readPacked, removeMade, removePacked, unpackMade } from './made-folders';
import { projectCodeIn } from './project-code';

/** What an install stays with when code of the project takes part in it. */
export type InstallSource =
  /** A repository as it was asked for: the same tenant gets it again for the same one. */
  | { kind: 'repository'; tenantId: string; url: string; branch?: string; commit?: string }
  /** Anything else is known by its content alone. */
  | { kind: 'content' };

export interface WarmInstallOptions {
  sandbox: Pick<Sandbox, 'exec' | 'provider'>;
  buildSpec: BuildSpec;
  kept: KeptInstalls;
  source: InstallSource;
  image: string | null;
  /** Hosts besides the public registries that the install may reach. */
  hosts: readonly string[];
  /** For people: one sentence. */
  say: (sentence: string) => void;
  /** Trouble that costs the warm way and not the install. */
  warn: (error: unknown, what: string) => void;
  /** Most bytes of one packed install; default 2 GiB. */
  maxBytes?: number;
  /** Bound of packing and of unpacking. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

const MAX_BYTES = 2 * 1024 ** 3;
const TIMEOUT_MS = 300_000;

/** One install that may have been done before. Made before anything of the project runs in the sandbox. */
export class WarmInstall {
  private constructor(
    private readonly options: WarmInstallOptions,
    readonly key: string,
    /** Why only the same source gets it; null when everybody does. */
    readonly reason: string | null,
    private readonly locked: boolean,
  ) {}

  /** undefined, with the reason said, when what the install makes cannot be told from what the source brings. */
  static async open(options: WarmInstallOptions): Promise<WarmInstall | undefined> {
    const { sandbox, buildSpec, source, signal, hosts, image } = options;
    try {
      const facts = await readInstallFacts(sandbox, {
        dir: buildSpec.dir,
        whole: source.kind === 'content',
        signal,
      });
      if (facts.over || facts.made.length > 0) {
        options.say(
          facts.over
            ? 'The install is not kept: the source has too many files.'
            : `The install is not kept: the source brings ${facts.made[0]} of its own.`,
        );
        return undefined;
      }
      const reason = projectCodeIn(facts, buildSpec);
      const scope = reason === null ? null : scopeOf(source, facts);
      const key = installKey({ facts, buildSpec, provider: sandbox.provider, image, hosts, scope });
      return new WarmInstall(options, key, reason, isLocked(buildSpec, facts.inputs));
    } catch (error) {
      endIfOver(error, signal);
      options.warn(error, 'the inputs of an install could not be read');
      return undefined;
    }
  }

  /**
   * Brings back what an earlier install made, and answers the command that made it. undefined: there is none, and nothing of it stands in
   * the sandbox.
   */
  async restore(): Promise<string | undefined> {
    const { kept, sandbox, say, warn } = this.options;
    try {
      const entry = await kept.find(this.key);
      if (entry === undefined) return undefined;
      await unpackWhole(sandbox, entry.packing, await kept.open(entry), this.bounds());
      await kept.touch(this.key, entry);
      say(`Dependencies from an earlier install (key ${this.key.slice(0, 12)}).`);
      return entry.install;
    } catch (error) {
      endIfOver(error, this.options.signal);
      warn(error, 'an earlier install could not be used');
      await this.discard();
      return undefined;
    }
  }

  /** Removes what was brought back, here and for others. @throws AppError `install_not_removed` */
  async discard(): Promise<void> {
    const { kept, sandbox, warn } = this.options;
    await removeMade(sandbox, this.bounds());
    await kept.drop(this.key).catch((error: unknown) => warn(error, 'a kept install could not be dropped'));
  }

  /** Keeps what this command made. Before anything else of the project runs. */
  async keep(install: string): Promise<void> {
    const { kept, sandbox, say, warn, maxBytes = MAX_BYTES } = this.options;
    const bounds = this.bounds();
    if (
      this.reason === null &&
      install.replace(/npm ci --legacy-peer-deps$/, 'npm ci') !== this.options.buildSpec.install
    ) {
      // Whether that command gives the project a hand in it was not asked.
      say('The install is not kept for next time: another command than planned did it.');
      return;
    }
    try {
      if ((await kept.find(this.key)) !== undefined) return;
      const packed = await packMade(sandbox, maxBytes, bounds);
      if (packed === undefined) return;
      await kept.keep(this.key, packed, readPacked(sandbox, packed, bounds), {
        install,
        locked: this.locked,
      });
      say(
        `Kept for next time (key ${this.key.slice(0, 12)}${this.reason === null ? '' : ', for this source alone'}).`,
      );
    } catch (error) {
      endIfOver(error, this.options.signal);
      warn(error, 'an install could not be kept');
      say(
        `The install is not kept for next time: ${error instanceof AppError ? error.message : 'it failed.'}`,
      );
    } finally {
      await removePacked(sandbox, bounds).catch((error: unknown) => {
        endIfOver(error, this.options.signal);
        warn(error, 'a packed install could not be removed');
      });
    }
  }

  private bounds(): { timeoutMs: number; signal?: AbortSignal } {
    return { timeoutMs: this.options.timeoutMs ?? TIMEOUT_MS, signal: this.options.signal };
  }
}

const scopeOf = (source: InstallSource, { tree }: InstallFacts): string =>
  source.kind === 'content'
    ? `content ${tree}`
    : JSON.stringify([source.tenantId, source.url, source.branch ?? null, source.commit ?? null]);

/** A caller that gave up and a sandbox that is gone end more than the warm way. */
function endIfOver(error: unknown, signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw error;
  if (error instanceof AppError && error.code === 'sandbox_lost') throw error;
}

/** A pack that breaks off ends the command instead of its input: half of it must not look like the whole. */
async function unpackWhole(
  sandbox: Pick<Sandbox, 'exec'>,
  packing: Parameters<typeof unpackMade>[1],
  pack: Readable,
  bounds: { timeoutMs: number; signal?: AbortSignal },
): Promise<void> {
  const failed = new AbortController();
  let failure: Error | undefined;
  async function* guarded(): AsyncGenerator<Buffer> {
    try {
      yield* pack as AsyncIterable<Buffer>;
    } catch (error) {
      failure = error instanceof Error ? error : new TypeError('The stream failed.', { cause: error });
      failed.abort();
    }
  }
  try {
    await unpackMade(sandbox, packing, Readable.from(guarded(), { objectMode: false }), {
      ...bounds,
      signal: bounds.signal === undefined ? failed.signal : AbortSignal.any([bounds.signal, failed.signal]),
    });
  } catch (error) {
    throw failure ?? error;
  } finally {
    pack.destroy();
  }
  if (failure !== undefined) throw failure;
}
