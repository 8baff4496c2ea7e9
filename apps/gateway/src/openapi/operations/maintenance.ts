import {
  MaintainQuerySchema,
  MigratedSchema,
  MigrationPlanSchema,
  MigrationQuerySchema,
  pageOf,
  SandboxResourceSchema,
  WatchedProvidersSchema,
} from '@showrunner/contracts';
import type { Operation } from '../operation';

const tag = 'maintenance';
const ROOT = '/api/maintenance/sandboxes';

export function maintenanceOperations(): Operation[] {
  return [
    {
      method: 'get',
      path: ROOT,
      id: 'listAllSandboxes',
      tag,
      summary: 'Sandboxes of every tenant, newest first; for operators',
      query: MaintainQuerySchema,
      status: 200,
      answer: { schema: pageOf(SandboxResourceSchema) },
      problems: [400, 403],
    },
    {
      method: 'get',
      path: `${ROOT}/providers`,
      id: 'listWatchedProviders',
      tag,
      summary: 'Where sandboxes are recorded, and whether the platform reaches them there; for operators',
      status: 200,
      answer: { schema: WatchedProvidersSchema },
      problems: [403],
    },
    {
      method: 'get',
      path: `${ROOT}/migration`,
      id: 'planMigration',
      tag,
      summary: 'What a migration between providers has to do; changes nothing',
      query: MigrationQuerySchema,
      status: 200,
      answer: { schema: MigrationPlanSchema },
      problems: [400, 403, 409],
    },
    ...(['archive', 'delete'] as const).map((what): Operation => ({
      method: 'post',
      path: `${ROOT}/{id}/${what}`,
      id: `${what}AnySandbox`,
      tag,
      summary: `${what === 'archive' ? 'Archive' : 'Delete'} a sandbox of any tenant`,
      status: 202,
      answer: { schema: SandboxResourceSchema },
      problems: [403, 409],
    })),
    {
      method: 'post',
      path: `${ROOT}/{id}/migrate`,
      id: 'migrateSandbox',
      tag,
      summary: 'Move a sandbox to another provider, with its files',
      query: MigrationQuerySchema,
      status: 200,
      answer: { schema: MigratedSchema },
      problems: [400, 403, 409],
    },
  ];
}
