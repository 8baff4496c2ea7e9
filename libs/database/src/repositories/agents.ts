import { AgentSchema, AppError } from '@showrunner/contracts';
import type { Agent, AgentSummary, ChangeAgent, CreateAgent } from '@showrunner/contracts';
import type { Agent as AgentRow } from '../generated/client';
import type { Db } from '../connection/client';
import { pageQuery, toPage } from '../paging';
import type { Page, PageRequest } from '../paging';

type SummaryRow = Omit<AgentRow, 'code' | 'files'>;

const toAgent = ({ tenantId: _, createdAt, updatedAt, ...row }: AgentRow): Agent =>
  AgentSchema.parse({ ...row, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() });
const toSummary = (row: SummaryRow): AgentSummary => {
  const { code: _code, files: _files, ...summary } = toAgent({ ...row, code: '', files: {} });
  return summary;
};

/** Agents: code that is stored once and run by its id. */
export function agentsRepository(db: Db) {
  const find = async (id: string): Promise<Agent | null> => {
    const row = await db.agent.findFirst({ where: { id } });
    return row && toAgent(row);
  };
  return {
    /** Stores one under its id; when it is there already, answers the stored one. */
    async create(agent: CreateAgent & { id: string }): Promise<Agent> {
      await db.agent.createMany({ data: [agent], skipDuplicates: true });
      return toAgent(await db.agent.findUniqueOrThrow({ where: { id: agent.id } }));
    },
    find,
    /** @throws {AppError} `agent_not_found` (404) */
    async get(id: string): Promise<Agent> {
      const agent = await find(id);
      if (agent === null) throw agentNotFound(id);
      return agent;
    },
    /** Newest first, without what they run. */
    async list(page: PageRequest): Promise<Page<AgentSummary>> {
      const rows = await db.agent.findMany({ ...pageQuery(page), omit: { code: true, files: true } });
      return toPage(rows, page.limit, toSummary);
    },
    count: (): Promise<number> => db.agent.count(),
    /** @throws {AppError} `agent_not_found` (404) */
    async change(id: string, change: ChangeAgent): Promise<Agent> {
      const { count } = await db.agent.updateMany({ where: { id }, data: change });
      if (count === 0) throw agentNotFound(id);
      return toAgent(await db.agent.findFirstOrThrow({ where: { id } }));
    },
    /** @throws {AppError} `agent_not_found` (404) */
    async delete(id: string): Promise<void> {
      if ((await db.agent.deleteMany({ where: { id } })).count === 0) throw agentNotFound(id);
    },
  };
}

const agentNotFound = (id: string): AppError =>
  new AppError('agent_not_found', `There is no agent "${id}".`, { status: 404 });
