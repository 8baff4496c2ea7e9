import type { SandboxProvider } from '@showrunner/sandbox';
import type { Answer } from './answer';
import { apiProblem, type Exchange } from './exchange';
import { LoopbackBox, type BoxTiming, type NewBox } from './loopback-box';

export interface ControlApiParts {
  local: SandboxProvider;
  boxes: Map<string, LoopbackBox>;
  timing: BoxTiming;
  /** Whether the organization's tier lets it choose a network policy; changed by tests. */
  tier: { choosesNetwork: boolean };
  toolboxUrl: () => string;
  previewUrl: (box: LoopbackBox, port: number) => Promise<string>;
}

const TIER = 'Setting a network policy is not available on your tier';
const IN_PROGRESS = 'Sandbox state change in progress';
const DOMAIN = /^(\*\.)?([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,}$/;

/** Daytona's control API, as far as the provider uses it. */
export class ControlApi {
  constructor(private readonly parts: ControlApiParts) {}

  async handle(exchange: Exchange, path: string): Promise<Answer> {
    const { method, url } = exchange;
    if (path === '/sandbox')
      return method === 'POST' ? this.create(exchange, path) : this.list(url.searchParams);
    const [, idOrName = '', action = '', ...rest] = path.split('/').slice(1).map(decodeURIComponent);
    const box = this.find(idOrName);
    if (box === undefined) return apiProblem(path, 404, `Sandbox with ID or name ${idOrName} not found`);
    const call = `${method} ${action}`;
    if (call === 'GET ') return this.dto(box);
    if (call === 'DELETE ')
      return this.change(path, box, () => box.destroy(), { whileChanging: box.state === 'pending_build' });
    if (call === 'POST start')
      return this.change(path, box, () => box.start(), { from: ['stopped', 'archived'] });
    if (call === 'POST stop') {
      const force = url.searchParams.get('force') === 'true';
      return this.change(path, box, () => box.stop(force), { from: ['started'], whileChanging: force });
    }
    if (call === 'POST archive') return this.change(path, box, () => box.archive(), { from: ['stopped'] });
    if (call === 'PUT labels') {
      box.labels = (exchange.body as { labels: Record<string, string> }).labels;
      return { status: 200, body: { labels: box.labels } };
    }
    if (call === 'POST autostop') {
      box.autoStopInterval = Number(rest[0]);
      return this.dto(box);
    }
    if (call === 'POST network-settings') return this.network(exchange, path, box);
    if (call === 'GET ports') {
      const port = Number(rest[0]);
      const body = {
        sandboxId: box.id,
        url: await this.parts.previewUrl(box, port),
        token: box.previewToken,
      };
      return { status: 200, body };
    }
    return apiProblem(path, 404, `Cannot ${method} ${path}`);
  }

  private find(idOrName: string): LoopbackBox | undefined {
    const all = [...this.parts.boxes.values()];
    const box =
      all.find(({ id }) => id === idOrName) ?? all.find((one) => one.name === idOrName && !isGone(one));
    return box?.state === 'destroyed' ? undefined : box;
  }

  private create(exchange: Exchange, path: string): Answer {
    const body = exchange.body as NewBox;
    if (body.buildInfo === undefined && body.cpu !== undefined)
      return apiProblem(path, 400, 'Cannot specify Sandbox resources when using a snapshot');
    if ((body.cpu ?? 1) > 16) return apiProblem(path, 403, 'Total CPU limit exceeded. Maximum allowed: 16.');
    const refused = this.refusedNetwork(path, body.domainAllowList, body.networkBlockAll);
    if (refused !== undefined) return refused;
    if ([...this.parts.boxes.values()].some((box) => box.name === body.name && !isGone(box)))
      return apiProblem(path, 409, `Sandbox with name ${body.name} already exists`);
    const box = new LoopbackBox(body, this.parts.local, this.parts.timing);
    this.parts.boxes.set(box.id, box);
    box.begin();
    return this.dto(box);
  }

  private change(
    path: string,
    box: LoopbackBox,
    begin: () => void,
    { from, whileChanging = false }: { from?: string[]; whileChanging?: boolean },
  ): Answer {
    if (box.isChanging && !whileChanging) return apiProblem(path, 409, IN_PROGRESS);
    if (from !== undefined && !from.includes(box.state) && !whileChanging)
      return apiProblem(path, 400, `Sandbox is not in valid state: ${box.state}`);
    begin();
    return this.dto(box);
  }

  private refusedNetwork(
    path: string,
    domains: string | undefined,
    blockAll: boolean | undefined,
  ): Answer | undefined {
    const list = (domains ?? '').split(',').filter((domain) => domain !== '');
    const chosen = list.length > 0 || blockAll === true;
    if (chosen && !this.parts.tier.choosesNetwork) return apiProblem(path, 400, TIER);
    if (list.length > 10)
      return apiProblem(path, 400, 'Domain allow list cannot contain more than 10 domains');
    const odd = list.find((domain) => !DOMAIN.test(domain));
    if (odd !== undefined)
      return apiProblem(path, 400, `Invalid domain: "${odd}". Must be a valid domain name`);
    return undefined;
  }

  private async network(exchange: Exchange, path: string, box: LoopbackBox): Promise<Answer> {
    const { networkBlockAll, domainAllowList } = exchange.body as NewBox;
    const refused = this.refusedNetwork(path, domainAllowList, networkBlockAll);
    if (refused !== undefined) return refused;
    await box.setNetwork(networkBlockAll, domainAllowList);
    return this.dto(box);
  }

  private list(query: URLSearchParams): Answer {
    const labels = Object.entries(JSON.parse(query.get('labels') ?? '{}') as Record<string, string>);
    const matching = [...this.parts.boxes.values()].filter(
      (box) => box.state !== 'destroyed' && labels.every(([name, value]) => box.labels[name] === value),
    );
    const from = Number(query.get('cursor') ?? 0);
    const limit = Number(query.get('limit') ?? 100);
    const items = matching.slice(from, from + limit).map((box) => this.item(box));
    const nextCursor = from + limit < matching.length ? String(from + limit) : null;
    return { status: 200, body: { items, nextCursor } };
  }

  private item(box: LoopbackBox): Record<string, unknown> {
    const { cpu = 1, memory = 1, disk = 3, user = 'daytona', target = 'us' } = box.body;
    const errorReason = box.errorReason === undefined ? {} : { errorReason: box.errorReason };
    const { id, name, state, desiredState, labels, createdAt, autoStopInterval, networkBlockAll } = box;
    const domains = box.domainAllowList === undefined ? {} : { domainAllowList: box.domainAllowList };
    const facts = { id, name, state, desiredState, labels, createdAt, autoStopInterval, networkBlockAll };
    return {
      ...facts,
      ...domains,
      ...errorReason,
      ...{ organizationId: 'org', user, target, cpu, gpu: 0, memory, disk, public: false },
      ...{ sandboxClass: 'container', toolboxProxyUrl: this.parts.toolboxUrl() },
    };
  }

  private dto(box: LoopbackBox): Answer {
    return { status: 200, body: { ...this.item(box), env: box.body.env ?? {} } };
  }
}

/** The name of what is to be destroyed is free at once. */
function isGone(box: LoopbackBox): boolean {
  return box.desiredState === 'destroyed';
}
