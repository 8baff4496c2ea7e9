import { RequestMethod } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import {
  HTTP_CODE_METADATA,
  METHOD_METADATA,
  MODULE_METADATA,
  PATH_METADATA,
  ROUTE_ARGS_METADATA,
} from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { AppError } from '@showrunner/contracts';
import type { z } from 'zod';
import { operationOf, tagOf } from './operation';
import type { OperationOptions, TagName } from './operation';

/** A route as its controller declares it. */
export interface DescribedRoute {
  method: string;
  /** OpenAPI path, e.g. `/api/runs/{id}`. */
  path: string;
  /** Of success. */
  status: number;
  tag: TagName;
  query?: z.ZodType;
  /** JSON body that Nest reads and checks. */
  body?: z.ZodType;
  options: OperationOptions;
}

interface RouteArgument {
  schema?: z.ZodType;
}

/**
 * Routes of all controllers of these modules (the ones in their `@Module`), in order of declaration.
 * @throws {AppError} `module_without_controllers`; `route_not_described` for a route without `@Operation`
 */
export function readRoutes(modules: readonly Type[]): DescribedRoute[] {
  return modules.flatMap((module) => controllersOf(module).flatMap((controller) => routesOf(controller)));
}

function controllersOf(module: Type): Type[] {
  const controllers = (Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) ?? []) as Type[];
  if (controllers.length > 0) return controllers;
  throw new AppError('module_without_controllers', `The @Module of ${module.name} names no controller.`, {
    remedy:
      'Name its controllers there; those that are only in a dynamic module cannot be seen without starting it.',
  });
}

function routesOf(controller: Type): DescribedRoute[] {
  const prototype = controller.prototype as Record<string, object>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    if (name === 'constructor') return [];
    const handler = prototype[name];
    if (handler === undefined || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
    const options = operationOf(prototype, name);
    const tag = options?.tag ?? tagOf(controller);
    if (options === undefined || tag === undefined) {
      throw new AppError(
        'route_not_described',
        `${controller.name}.${name} is a route without description.`,
        {
          remedy: 'Give it an @Operation and its controller a @Tag.',
        },
      );
    }
    const method =
      RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod].toLowerCase();
    const given = Reflect.getMetadata(HTTP_CODE_METADATA, handler) as number | undefined;
    return [
      {
        method,
        path: pathOf(controller, handler),
        status: given ?? (method === 'post' ? 201 : 200),
        tag,
        query: schemaOf(controller, name, RouteParamtypes.QUERY),
        body: schemaOf(controller, name, RouteParamtypes.BODY),
        options,
      },
    ];
  });
}

function pathOf(controller: Type, handler: object): string {
  const parts = [Reflect.getMetadata(PATH_METADATA, controller), Reflect.getMetadata(PATH_METADATA, handler)];
  const path = parts
    .flatMap((part) => String(part ?? '').split('/'))
    .filter((segment) => segment !== '')
    .map((segment) => segment.replace(/^:(\w+)$/, '{$1}'));
  return `/${path.join('/')}`;
}

/** The schema that Nest checks the whole body or query with (`@Body({ schema })`). */
function schemaOf(controller: Type, name: string, kind: RouteParamtypes): z.ZodType | undefined {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
    string,
    RouteArgument
  >;
  return Object.entries(args).find(([key]) => key.startsWith(`${kind}:`))?.[1].schema;
}
