import type { Db } from '../connection/client';
import { secretsRepository } from '../secrets/reseal';
import type { SecretBox } from '../secrets/secret-box';
import { actionsRepository } from './actions';
import { agentsRepository } from './agents';
import { apiKeysRepository } from './api-keys';
import { auditRepository } from './audit';
import { browserSessionsRepository } from './browser-sessions';
import { buildsRepository } from './builds';
import { clipsRepository } from './clips';
import { deletionsRepository } from './deletions';
import { exportsRepository } from './exports';
import { generationsRepository } from './generations';
import { idempotencyKeysRepository } from './idempotency-keys';
import { identitiesRepository } from './identities';
import { intentsRepository } from './intents';
import { invitationsRepository } from './invitations';
import { membershipsRepository } from './memberships';
import { milestonesRepository } from './milestones';
import { sessionsRepository } from './sessions';
import { sharesRepository } from './shares';
import { modelCallsRepository } from './model-calls';
import { outboxRepository } from './outbox';
import { plansRepository } from './plans';
import { previewLinksRepository } from './preview-links';
import { previewsRepository } from './previews';
import { projectsRepository } from './projects';
import { retentionRepository } from './retention';
import { runReportsRepository } from './run-reports';
import { runsRepository } from './runs';
import { sandboxQueueRepository } from './sandbox-queue';
import { sandboxUsageRepository } from './sandbox-usage';
import { sandboxesRepository } from './sandboxes';
import { signingKeysRepository } from './signing-keys';
import { stepDecisionsRepository } from './step-decisions';
import { takesRepository } from './takes';
import { tenantsRepository } from './tenants';
import { timelinesRepository } from './timelines';
import { userSessionsRepository } from './user-sessions';
import { usersRepository } from './users';

/**
 * Every repository on one connection or transaction.
 * @param box seals what is secret
 * @param tenantId whose rows alone `db` shows, for statements that it cannot narrow down by itself
 */
export function repositoriesOn(db: Db, box: SecretBox, tenantId?: string) {
  return {
    projects: projectsRepository(db, box),
    builds: buildsRepository(db, box),
    tenants: tenantsRepository(db),
    agents: agentsRepository(db),
    sandboxes: sandboxesRepository(db, box),
    sandboxQueue: sandboxQueueRepository(db),
    sandboxUsage: sandboxUsageRepository(db, tenantId),
    previews: previewsRepository(db),
    previewLinks: previewLinksRepository(db),
    intents: intentsRepository(db),
    plans: plansRepository(db),
    runs: runsRepository(db, box, tenantId),
    runReports: runReportsRepository(db, box, tenantId),
    actions: actionsRepository(db),
    milestones: milestonesRepository(db),
    sessions: sessionsRepository(db),
    takes: takesRepository(db),
    clips: clipsRepository(db),
    exports: exportsRepository(db),
    shares: sharesRepository(db),
    timelines: timelinesRepository(db),
    outbox: outboxRepository(db),
    modelCalls: modelCallsRepository(db),
    generations: generationsRepository(db),
    stepDecisions: stepDecisionsRepository(db),
    apiKeys: apiKeysRepository(db),
    audit: auditRepository(db),
    browserSessions: browserSessionsRepository(db),
    users: usersRepository(db),
    identities: identitiesRepository(db),
    memberships: membershipsRepository(db),
    invitations: invitationsRepository(db),
    userSessions: userSessionsRepository(db),
    signingKeys: signingKeysRepository(db, box),
    secrets: secretsRepository(db, box),
    idempotencyKeys: idempotencyKeysRepository(db),
    deletions: deletionsRepository(db, tenantId),
    retention: retentionRepository(db),
  };
}
export type Repositories = ReturnType<typeof repositoriesOn>;
