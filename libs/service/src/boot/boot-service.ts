import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { authenticated } from '../auth/authenticate';
import type { Authenticate } from '../auth/authenticate';
import { PermissionGuard } from '../auth/permissions';
import { DiskGuard } from '../disk/disk-guard';
import { HealthModule } from '../health/health.controller';
import { requestBody } from '../http/request-body';
import { requestId, requestLog } from '../http/request-log';
import { securityHeaders } from '../http/security-headers';
import { streamErrors } from '../http/stream-errors';
import { serveUpgrades } from '../http/upgrades';
import { ProblemFilter } from '../problem/problem.filter';
import { storableText } from '../validation/storable-text';
import { validationPipe } from '../validation/validation-pipe';
import { listen } from './listen';
import { nestLogger } from './nest-logger';
import { ResourcesModule } from './resources';
import type { Resources } from './resources';
import type { ServiceDefinition } from './service-definition';

export interface ServiceOptions extends ServiceDefinition {
  host: string;
  /** 0 takes a free one. */
  port: number;
  resources: Resources;
  authenticate: Authenticate;
}

export interface RunningService {
  name: string;
  /** e.g. `http://127.0.0.1:4410`, without a slash at its end. */
  url: string;
  /** Every route there is, for tests that compare. */
  routes: Route[];
  /** Stops taking requests, lets those under way end, closes the resources. */
  close(): Promise<void>;
}
export interface Route {
  /** In capitals. */
  method: string;
  /** As declared, e.g. `/api/runs/:id`. */
  path: string;
}

/** Longer than clients and proxies keep idle connections, so that none sends into a closing one. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Starts a service on HTTP: credentials first, then limits and bodies, then routes; every error as problem details.
 * @throws {EnvironmentError} `port_in_use`, `address_unavailable`
 */
export async function bootService(options: ServiceOptions): Promise<RunningService> {
  const {
    name,
    host,
    port,
    modules,
    resources,
    authenticate,
    needsTemporal = false,
    body = {},
    open = [],
    admitted = [],
  } = options;
  const { logger } = resources;
  const app = await NestFactory.create<NestExpressApplication>(
    rootModule(modules, ResourcesModule.of(resources, needsTemporal)),
    {
      logger: nestLogger(logger),
      bodyParser: false,
      abortOnError: false,
      routeConflictPolicy: { duplicate: 'error' },
      routeResolutionStrategy: 'specificity',
      forceCloseConnections: true,
    },
  );
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  const before = [streamErrors, requestId, requestLog(logger), securityHeaders, ...open];
  const read = body === 'stream' ? [] : requestBody(body);
  const lettingIn = [authenticated(authenticate), ...admitted];
  for (const handler of [...before, ...lettingIn, ...read, storableText]) app.use(handler);
  app.useGlobalFilters(new ProblemFilter(logger));
  app.useGlobalPipes(validationPipe());
  app.useGlobalGuards(new PermissionGuard(), new DiskGuard(resources.disk));
  await app.init();
  const server = app.getHttpServer() as Server;
  if (options.upgrade !== undefined) {
    const get = <T>(token: symbol | Type<T>): T => app.get<T>(token, { strict: false });
    serveUpgrades(server, authenticate, options.upgrade(get));
  }
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 5_000;
  await listen(server, { name, host, port });
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  logger.info({ url }, `${name} listens`);
  return {
    name,
    url,
    routes: routesOf(app),
    close: async () => {
      await app.close();
      await resources.close();
    },
  };
}

function rootModule(modules: ServiceOptions['modules'], resources: DynamicModule): DynamicModule {
  class RootModule {}
  Module({ imports: [resources, HealthModule, ...modules] })(RootModule);
  return { module: RootModule };
}

interface RouterLayer {
  route?: { path: string; methods: Record<string, boolean | undefined> };
}

function routesOf(app: NestExpressApplication): Route[] {
  const { stack } = (app.getHttpAdapter().getInstance() as unknown as { router: { stack: RouterLayer[] } })
    .router;
  return stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : Object.keys(route.methods).map((method) => ({
          method: method === '_all' ? 'ALL' : method.toUpperCase(),
          path: route.path,
        })),
  );
}
