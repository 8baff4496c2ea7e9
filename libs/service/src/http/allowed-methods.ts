import type { Request } from 'express';

/** The part of Express 5's router that says which routes there are; it is not in its types. */
interface RouterLayer {
  match(path: string): boolean;
  route?: { path: string | RegExp; methods: Record<string, boolean | undefined> };
}

/** A route for any method lists every one that Node knows; it says nothing about what there is behind it. */
const ANY_METHOD = 10;

/** Methods of the routes that match this request's path, in capitals; empty when there is no such path. */
export function allowedMethods(request: Request): string[] {
  const { stack } = (request.app as unknown as { router: { stack: RouterLayer[] } }).router;
  const matching = stack.filter((layer) => layer.route !== undefined && matches(layer, request.path));
  // A path that is written out is a resource of its own, although a pattern as `/runs/{id}` matches it, too.
  const written = matching.filter(({ route }) => route?.path === request.path);
  const names = (written.length > 0 ? written : matching)
    .map((layer) => Object.keys(layer.route?.methods ?? {}))
    .filter((names) => names.length < ANY_METHOD)
    .flat()
    .map((name) => name.toUpperCase());
  return [...new Set(names)].sort();
}

function matches(layer: RouterLayer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    // A path that cannot be decoded matches nothing.
    return false;
  }
}
