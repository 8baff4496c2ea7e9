import { setTimeout as delay } from 'node:timers/promises';
import { AppError, InvalidInputError, type SandboxInfo } from '@showrunner/contracts';
import { requireEnvironment } from '@showrunner/sandbox/provider';
import type { CreateSandboxOptions, Sandbox, SandboxProvider } from '@showrunner/sandbox';
import { requireResources, type BoxResources } from './box-limits';
import { decodeFacts, encodeFacts, identityFilter, type BoxFacts } from './box-metadata';
import { E2B_CAPABILITIES } from './capabilities';
import { E2bApi, type Box, type OpenedBox } from './e2b-api';
import { readConnection, type E2bConnection, type E2bProviderOptions } from './e2b-connection';
import { sandboxLost, sandboxNotFound, unavailable } from './e2b-errors';
import { describeBox, E2bSandbox } from './e2b.sandbox';
import { egressRules } from './network-rules';
import { prepareBox } from './prepare-box';
import { ttlSeconds } from './ttl';

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;
/** When to look whether a creation whose reply was lost made a box all the same. */
const LOOK_FOR_LOST_MS = [200, 1000, 3000];
/** Younger twins may be about to be settled by their creators. */
const TWIN_AGE_MS = 60_000;
const KILLS_AT_ONCE = 10;
/** How long the first of several boxes waits for the others to go. */
const SETTLE_MS = 5000;
const SETTLE_LOOK_MS = 250;

/** A box of ours, with what we wrote into its metadata. */
interface OwnBox {
  box: Box;
  facts: BoxFacts;
}

/** Sandboxes in the cloud of E2B, or on a server that speaks its protocol. Which boxes are ours stands in their metadata alone. */
export class E2bSandboxProvider implements SandboxProvider {
  readonly name = 'e2b' as const;
  readonly capabilities = E2B_CAPABILITIES;
  private readonly connection: E2bConnection;
  private readonly api: E2bApi;
  /** Resources of the template, once a box of it was seen. */
  private template?: BoxResources;

  /** @throws InvalidInputError `sandbox_settings_invalid` */
  constructor(options: E2bProviderOptions) {
    this.connection = readConnection(options);
    this.api = new E2bApi(this.connection);
  }

  async create(options: CreateSandboxOptions): Promise<Sandbox> {
    requireId(options.id);
    if (options.image !== undefined)
      throw new InvalidInputError('sandbox_capability_missing', 'E2B makes sandboxes from templates only.', {
        remedy: 'Build a template with the E2B command line, and name it in SANDBOX_TARGET.',
      });
    const network = options.network ?? { mode: 'none' };
    egressRules(network); // refuses before anything is made
    requireEnvironment(options.environment ?? {});
    options.signal?.throwIfAborted();
    const [existing] = await this.find(options.id);
    if (existing !== undefined) return this.adopt(existing, options);
    if (this.template !== undefined)
      requireResources(options.limits, this.template, this.connection.template);
    const facts: BoxFacts = {
      id: options.id,
      installation: this.connection.installation,
      createdAt: new Date().toISOString(),
      limits: options.limits,
      network,
      labels: options.labels,
    };
    return this.make(facts, options);
  }

  private async make(facts: BoxFacts, options: CreateSandboxOptions): Promise<Sandbox> {
    const request = {
      ttlSeconds: ttlSeconds(options.backstopAt, Date.now(), this.connection.ttl),
      metadata: encodeFacts(facts),
      network: egressRules(facts.network),
    };
    let opened: OpenedBox;
    try {
      opened = await this.api.create(request, options.signal);
    } catch (error) {
      const made = mayHaveWorked(error) ? await this.findLost(facts.id) : undefined;
      if (made !== undefined) return this.adopt(made, options);
      throw startError(error);
    }
    const { boxId } = opened.access;
    try {
      const detail = await this.api.detail(boxId);
      if (detail === undefined) throw sandboxLost(facts.id);
      this.template = detail;
      requireResources(facts.limits, detail, this.connection.template);
      const sandbox = this.handle({ box: detail, facts }, opened, options.backstopAt);
      // Meanwhile, but only where the box stays: one that gives way fails at it.
      const preparing = prepareBox(sandbox.link, options.environment ?? {}, options.signal);
      preparing.catch(() => undefined);
      const survivor = await this.settle(facts.id, boxId);
      if (survivor !== undefined) return await this.adopt(survivor, options);
      await preparing;
      return sandbox;
    } catch (error) {
      await this.api.kill(boxId).catch(() => undefined); // else the reaper finds it
      options.signal?.throwIfAborted();
      throw startError(error);
    }
  }

  /**
   * Leaves one box of those that several creators made at once. A creator that listed before it could see the others keeps its own, and the
   * others cannot know that; so the first in order waits for the rest to go, and goes itself when one stays.
   * @returns the box to adopt, or undefined when it is this creator's own
   */
  private async settle(id: string, boxId: string): Promise<OwnBox | undefined> {
    const mine = ({ box }: OwnBox) => box.boxId === boxId;
    for (const deadline = Date.now() + SETTLE_MS; ; await delay(SETTLE_LOOK_MS)) {
      const twins = await this.find(id);
      if (twins.every(mine)) return undefined;
      const [first] = twins;
      if (first === undefined || !mine(first) || Date.now() > deadline) break;
    }
    await this.api.kill(boxId);
    for (const deadline = Date.now() + 2 * SETTLE_MS; ; await delay(SETTLE_LOOK_MS)) {
      const [first, ...others] = await this.find(id);
      if (first === undefined)
        throw unavailable(`All boxes of the sandbox ${id} are gone: several were made at once.`);
      if (others.length === 0 || Date.now() > deadline) return first;
    }
  }

  private async adopt(own: OwnBox, options: CreateSandboxOptions): Promise<Sandbox> {
    const sandbox = this.handle(own, undefined, options.backstopAt);
    await sandbox.start();
    // Its creator may have died before it was ready, or in a phase of network.
    await Promise.all([
      prepareBox(sandbox.link, options.environment ?? {}, options.signal),
      sandbox.network.restore(),
    ]);
    if (options.backstopAt !== undefined) await sandbox.renew(options.backstopAt);
    return sandbox;
  }

  private handle(own: OwnBox, opened?: OpenedBox, backstopAt?: Date): E2bSandbox {
    return new E2bSandbox({
      api: this.api,
      connection: this.connection,
      facts: own.facts,
      box: own.box,
      opened,
      backstopAt,
      destroy: () => this.destroy(own.facts.id),
    });
  }

  /** Boxes of one sandbox, or all of ours; the one that counts first. */
  private async find(id?: string): Promise<OwnBox[]> {
    const { installation } = this.connection;
    const boxes = await this.api.list(identityFilter(installation, id));
    return boxes
      .flatMap((box) => {
        const facts = decodeFacts(box.metadata);
        // Asked for, but not taken on trust: what is not ours is never touched.
        const ours = facts?.installation === installation && (id === undefined || facts.id === id);
        return facts !== undefined && ours ? [{ box, facts }] : [];
      })
      .sort(byAge);
  }

  private async findLost(id: string): Promise<OwnBox | undefined> {
    for (const waitMs of LOOK_FOR_LOST_MS) {
      await delay(waitMs);
      const [found] = await this.find(id).catch(() => []); // the server is in trouble: asked again
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async get(id: string): Promise<Sandbox | undefined> {
    requireId(id);
    const [own] = await this.find(id);
    return own === undefined ? undefined : this.handle(own);
  }

  async getOrStart(id: string): Promise<Sandbox> {
    const sandbox = await this.get(id);
    if (sandbox === undefined) throw sandboxNotFound(id);
    await sandbox.start();
    return sandbox;
  }

  async list(labels: Record<string, string> = {}): Promise<SandboxInfo[]> {
    const wanted = Object.entries(labels);
    const seen = new Set<string>();
    return (await this.find())
      .filter(({ facts }) => !seen.has(facts.id) && seen.add(facts.id))
      .filter(({ facts }) => wanted.every(([name, value]) => facts.labels[name] === value))
      .map(({ box, facts }) => describeBox(facts, box));
  }

  async destroy(id: string): Promise<void> {
    requireId(id);
    for (const { box } of await this.find(id)) await this.api.kill(box.boxId);
  }

  /** Ends the younger of two boxes of one sandbox, where their creators died before they settled it. */
  async sweep(): Promise<void> {
    const seen = new Set<string>();
    const twins = (await this.find()).filter(({ facts }) => {
      const twin = seen.has(facts.id);
      seen.add(facts.id);
      return twin && Date.now() - Date.parse(facts.createdAt) > TWIN_AGE_MS;
    });
    for (let start = 0; start < twins.length; start += KILLS_AT_ONCE)
      await Promise.all(twins.slice(start, start + KILLS_AT_ONCE).map(({ box }) => this.api.kill(box.boxId)));
  }

  /** Connections are those of single requests; nothing is held open. */
  async close(): Promise<void> {
    this.template = undefined;
  }
}

/** @throws InvalidInputError `sandbox_id_invalid` */
function requireId(id: string): void {
  if (ID.test(id)) return;
  throw new InvalidInputError('sandbox_id_invalid', `"${id.slice(0, 80)}" cannot name a sandbox.`, {
    remedy: 'Use letters, digits, "_" and "-", at most 63.',
  });
}

/** The same order for every creator, whatever was paused meanwhile. */
function byAge(one: OwnBox, other: OwnBox): number {
  const age = Date.parse(one.facts.createdAt) - Date.parse(other.facts.createdAt);
  return age !== 0 ? age : one.box.boxId < other.box.boxId ? -1 : 1;
}

/** No answer says nothing about whether a box was made. */
function mayHaveWorked(error: unknown): boolean {
  return !(error instanceof AppError) || error.code === 'sandbox_unavailable';
}

/** A refusal keeps its reason; anything else is a start that failed. */
function startError(error: unknown): unknown {
  if (
    !(error instanceof AppError) ||
    !['sandbox_refused', 'sandbox_lost', 'sandbox_not_running'].includes(error.code)
  )
    return error;
  return new AppError('sandbox_start_failed', error.message, {
    remedy: error.remedy,
    retryable: true,
    cause: error,
  });
}
