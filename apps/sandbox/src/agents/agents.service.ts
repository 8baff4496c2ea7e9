import { Inject } from '@nestjs/common';
import { AppError, InvalidInputError } from '@showrunner/contracts';
import type { Agent, AgentSummary, ChangeAgent, CreateAgent, RunAgent } from '@showrunner/contracts';
import type { Page, PageRequest, TenantDatabases } from '@showrunner/database';
import { DATABASE } from '@showrunner/service';
import { Executions } from './executions.service';
import type { AgentResult, Program } from './executions.service';
import { commandOf, mainFileOf } from './languages';

const MOST_AGENTS = 1_000;
/** Where code and files of an agent lie, and it runs. */
const FOLDER = '/app';

/** Agents as records: stored code, run by its id. */
export class AgentsService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(Executions) private readonly executions: Executions,
  ) {}

  /** @throws {AppError} `agent_file_reserved` (422), `agent_limit_reached` (409) */
  async create(tenantId: string, id: string, agent: CreateAgent): Promise<Agent> {
    requireOwnNames(agent);
    const { agents, tenants } = this.database.forTenant(tenantId);
    await tenants.ensure(tenantId);
    const count = await agents.count();
    if (count >= MOST_AGENTS && (await agents.find(id)) === null)
      throw new AppError('agent_limit_reached', `There are ${count} agents already.`);
    return agents.create({ id, ...agent });
  }

  list(tenantId: string, page: PageRequest): Promise<Page<AgentSummary>> {
    return this.database.forTenant(tenantId).agents.list(page);
  }

  /** @throws {AppError} `agent_not_found` (404) */
  get(tenantId: string, id: string): Promise<Agent> {
    return this.database.forTenant(tenantId).agents.get(id);
  }

  /** @throws {AppError} `agent_not_found` (404), `agent_file_reserved` (422) */
  change(tenantId: string, id: string, change: ChangeAgent): Promise<Agent> {
    return this.database.forTenant(tenantId).transaction(async ({ agents }) => {
      requireOwnNames({ ...(await agents.get(id)), ...change });
      return agents.change(id, change);
    });
  }

  /** @throws {AppError} `agent_not_found` (404) */
  delete(tenantId: string, id: string): Promise<void> {
    return this.database.forTenant(tenantId).agents.delete(id);
  }

  /** @throws {AppError} `agent_not_found` (404), `agent_env_missing` (422), and as `Executions.run` */
  async run(
    tenantId: string,
    id: string,
    { args, stdin, ...place }: RunAgent,
    signal: AbortSignal,
  ): Promise<AgentResult> {
    const agent = await this.get(tenantId, id);
    const missing = agent.envNames.filter((name) => place.environment[name] === undefined);
    if (missing.length > 0)
      throw new InvalidInputError(
        'agent_env_missing',
        `The agent needs ${missing.join(', ')}, which the request does not give.`,
        { status: 422 },
      );
    return this.executions.run(tenantId, id, place, { ...programOf(agent, args), stdin }, signal);
  }
}

function programOf({ language, code, files }: Agent, args: readonly string[]): Program {
  const own = commandOf(language, FOLDER, code);
  const beside = Object.entries(files).map(([name, text]) => [`${FOLDER}/${name}`, text]);
  return {
    files: { ...Object.fromEntries(beside), ...own.files },
    command: [...own.words, ...args],
    cwd: FOLDER,
  };
}

/** @throws {AppError} `agent_file_reserved` (422) */
function requireOwnNames({ language, files }: Pick<Agent, 'language' | 'files'>): void {
  const name = mainFileOf(language);
  if (name in files)
    throw new InvalidInputError(
      'agent_file_reserved',
      `A file of the agent is called "${name}", as its code is.`,
      { status: 422 },
    );
}
