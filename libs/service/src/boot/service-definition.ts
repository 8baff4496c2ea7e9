import type { DynamicModule, Type } from '@nestjs/common';
import type { RequestHandler } from 'express';
import type { BodyRules } from '../http/request-body';
import type { OnUpgrade } from '../http/upgrades';

/** What a service serves, apart from where it listens and whom it lets in. */
export interface ServiceDefinition {
  name: string;
  modules: (Type | DynamicModule)[];
  /** Whether it is ready only while Temporal answers. */
  needsTemporal?: boolean;
  /** How bodies are read; `stream` leaves them to the handlers. */
  body?: BodyRules | 'stream';
  /** Of one that leaves bodies to the handlers: the paths where they must be left also when it is one with others. */
  rawBodies?: readonly RegExp[];
  /** Answer before credentials are asked for: pages that anybody may see. They pass on whatever is not theirs. */
  open?: readonly RequestHandler[];
  /** See every request that was let in, before its body is read. */
  admitted?: readonly RequestHandler[];
  /** Takes requests for other protocols (WebSocket), after their credentials were checked. `get` answers providers of the modules. */
  upgrade?: (get: <T>(token: symbol | Type<T>) => T) => OnUpgrade;
}

/**
 * Several services as one: a request goes straight to its handler, whichever of them owns it. Their routes must differ, and only one may
 * take upgrades. Bodies are read by the rules of all that have some.
 * @throws {RangeError} when two of them take upgrades
 */
export function mergeServices(name: string, services: readonly ServiceDefinition[]): ServiceDefinition {
  const upgrades = services.flatMap(({ upgrade }) => upgrade ?? []);
  if (upgrades.length > 1) throw new RangeError(`Two services of "${name}" take upgrades.`);
  const rules = services.flatMap(({ body }) => (body === undefined || body === 'stream' ? [] : [body]));
  return {
    name,
    modules: services.flatMap(({ modules }) => modules),
    needsTemporal: services.some(({ needsTemporal }) => needsTemporal === true),
    body: {
      largeJson: Object.assign({}, ...rules.map(({ largeJson }) => largeJson)) as Record<string, number>,
      multipart: rules.flatMap(({ multipart = [] }) => multipart),
      raw: [...rules.flatMap(({ raw = [] }) => raw), ...services.flatMap(({ rawBodies = [] }) => rawBodies)],
    },
    open: services.flatMap(({ open = [] }) => open),
    admitted: services.flatMap(({ admitted = [] }) => admitted),
    upgrade: upgrades[0],
  };
}
