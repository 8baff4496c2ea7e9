import { resolve } from 'node:path';
import type { GatewayConfig } from '@showrunner/config';
import { sandboxProviders, sandboxSettings } from '@showrunner/sandbox-providers';
import { previewBase } from '@showrunner/preview';
import { bootService, openResources, requestBody } from '@showrunner/service';
import type {
  Authenticate,
  Resources,
  RunningService,
  ServiceDefinition,
  ServiceOptions,
} from '@showrunner/service';
import type { RequestHandler } from 'express';
import { AccountsModule } from './accounts/accounts.module';
import type { AccountsDoor } from './accounts/accounts.module';
import { AuditLog } from './audit/audit-log';
import { AuditModule } from './audit/audit.module';
import { AccessTokens } from './auth/access-tokens';
import { ApiKeys } from './auth/api-keys';
import { SessionModule } from './auth/session.module';
import { crossOrigin } from './door/cross-origin';
import { limitFailures, limitRequests } from './door/request-limits';
import { EventsModule } from './events/events.module';
import { LiveModule } from './live/live.module';
import type { WebRtcAddress } from './live/webrtc/video-peer';
import { forwardUpgrades } from './forward/forward-upgrades';
import { ForwardModule } from './forward/forward.module';
import { OpenApiModule } from './openapi/openapi.module';
import { PreviewsModule } from './previews/previews.module';
import { routeToSandbox } from './previews/route-to-sandbox';
import type { RouteToSandbox } from './previews/route-to-sandbox';
import { studioPages } from './studio/studio-pages';
import { ownUpgradesFirst } from './upgrades';
import { watchPages } from './watch/watch-pages';

/** Where the studio's pages lie once they are built: the same from `apps/gateway/src` and from `apps/server/dist`. */
const STUDIO = resolve(import.meta.dirname, '../../..', 'apps/studio/dist');

/**
 * What the gateway answers itself: films by share links, the studio's pages, sign-ins, events, live views (with `ownUpgradesFirst`), the description
 * of the API, and the previews of running apps at a port of their own.
 */
export function gatewayService(
  config: GatewayConfig,
  route: RouteToSandbox,
  door: Pick<KeyedDoor, 'forgetSession' | 'noteAudit' | 'noteSignIn' | 'personOf'>,
  { database, store }: Pick<Resources, 'database' | 'store'>,
): ServiceDefinition {
  const events = EventsModule.of({ redisUrl: config.REDIS_URL });
  const accounts = AccountsModule.of(config, database, door);
  return {
    name: 'gateway',
    body: 'stream',
    rawBodies: [OFFERS],
    open: [
      ...crossOrigin(config.CORS_ORIGINS),
      watchPages({ database, store, linkSecret: config.INTERNAL_TOKEN }),
      studioPages(STUDIO),
    ],
    admitted: [
      ...limitRequests({
        perCaller: config.REQUESTS_PER_MINUTE,
        perAddress: config.SIGN_INS_PER_MINUTE,
        trustedProxies: config.TRUSTED_PROXIES,
      }),
      door.noteAudit,
      ...bodiesOfPeople,
    ],
    modules: [
      SessionModule.of((sessionId) => door.forgetSession(sessionId), accounts),
      accounts,
      AuditModule,
      events,
      LiveModule.of({ internalToken: config.INTERNAL_TOKEN, webRtc: webRtcAddress(config) }, events),
      OpenApiModule,
      PreviewsModule.of({
        host: config.BIND_HOST,
        port: config.PREVIEW_PORT,
        access: config.PREVIEW_ACCESS ?? (isOfThisMachine(config.BIND_HOST) ? 'open' : 'private'),
        base: previewBase(config),
        secret: config.INTERNAL_TOKEN,
        route,
      }),
    ],
  };
}

/** Where players offer to take a live video. */
const OFFERS = /^\/api\/runs\/[^/]+\/whep\/?$/;
/** Where the gateway reads bodies itself; all others it hands on as they come. */
const OF_PEOPLE = /^\/api\/(auth|account|invitations|members)(\/|$)/;
const MAX_BYTES_OF_PEOPLE = 16 * 1024;
const bodiesOfPeople = requestBody({ jsonBytes: MAX_BYTES_OF_PEOPLE }).map(
  (read): RequestHandler =>
    (request, response, next) =>
      OF_PEOPLE.test(request.path) ? read(request, response, next) : next(),
);

const webRtcAddress = (config: GatewayConfig): WebRtcAddress => ({
  loopbackOnly: config.WEBRTC_HOST === undefined && isOfThisMachine(config.BIND_HOST),
  ...(config.WEBRTC_HOST === undefined ? {} : { host: config.WEBRTC_HOST }),
  ...(config.WEBRTC_PORTS === undefined ? {} : { ports: config.WEBRTC_PORTS }),
});

/** Whether nobody but this machine can reach an address. */
const isOfThisMachine = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Lets requests in by API key, or as a person who signed in. The resources end what it listens to. */
export function byApiKey(
  config: GatewayConfig,
  { database, logger }: Pick<Resources, 'database' | 'logger'>,
): KeyedDoor {
  const keys = new ApiKeys(database, {
    bootstrapKey: config.SHOWRUNNER_API_KEY,
    linkSecret: config.INTERNAL_TOKEN,
    tokens: new AccessTokens(database),
  });
  keys.listen();
  const { TRUSTED_PROXIES: trustedProxies, FAILED_SIGN_INS_PER_MINUTE: perMinute } = config;
  const audit = new AuditLog({ database, logger, trustedProxies });
  return {
    authenticate: limitFailures((request, admitted) => keys.authenticate(request, admitted), {
      ...{ perMinute, trustedProxies },
    }),
    noteAudit: audit.note,
    noteSignIn: audit.noteSignIn,
    personOf: (request) => keys.personOf(request),
    forgetSession: (sessionId) => keys.forgetSession(sessionId),
    close: () => Promise.all([keys.close(), audit.close()]).then(() => undefined),
  };
}
export interface KeyedDoor extends AccountsDoor {
  authenticate: Authenticate;
  /** Sees who did what. */
  noteAudit: RequestHandler;
  /** A browser signed out. */
  forgetSession(sessionId: string): void;
  close(): Promise<void>;
}
/** The service, and the door that ends with it. */
export async function bootBehind(
  door: KeyedDoor,
  options: Omit<ServiceOptions, 'authenticate'>,
): Promise<RunningService> {
  try {
    const service = await bootService({ ...options, authenticate: door.authenticate });
    return { ...service, close: () => Promise.all([door.close(), service.close()]).then(() => undefined) };
  } catch (error) {
    await door.close();
    throw error;
  }
}

/** Starts the gateway by itself: the only public door, with the other services behind it at addresses of their own. */
export function startGateway(config: GatewayConfig, given?: RouteToSandbox): Promise<RunningService> {
  const resources = openResources('gateway', config);
  const route = given ?? routeToSandbox(sandboxProviders(sandboxSettings(config)), resources.database);
  const inner = (url: string | undefined, port: number): URL => new URL(url ?? `http://127.0.0.1:${port}`);
  const forwarding = {
    internalToken: config.INTERNAL_TOKEN,
    services: {
      project: inner(config.PROJECT_URL, config.PROJECT_PORT),
      sandbox: inner(config.SANDBOX_URL, config.SANDBOX_PORT),
      intent: inner(config.INTENT_URL, config.INTENT_PORT),
      editor: inner(config.EDITOR_URL, config.EDITOR_PORT),
    },
  };
  const door = byApiKey(config, resources);
  const gateway = gatewayService(config, route, door, resources);
  return bootBehind(door, {
    ...gateway,
    host: config.BIND_HOST,
    port: config.GATEWAY_PORT,
    resources,
    modules: [...gateway.modules, ForwardModule.of(forwarding)],
    upgrade: ownUpgradesFirst(() => forwardUpgrades(forwarding)),
  });
}
