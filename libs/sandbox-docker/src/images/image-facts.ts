import type { ImageFacts } from '@showrunner/contracts';
import type { ImageDetails } from '../engine/engine.types';

/** How an image is run, as the engine tells it. Pure. */
export function imageFacts({ Config }: Pick<ImageDetails, 'Config'>): ImageFacts {
  const pairs = (Config.Env ?? []).map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
  });
  const ports = Object.keys(Config.ExposedPorts ?? {}).flatMap((text) => {
    const port = Number(/^(\d{1,5})\/tcp$/.exec(text)?.[1]);
    return port >= 1 && port <= 65_535 ? [port] : [];
  });
  return {
    entrypoint: Config.Entrypoint ?? [],
    command: Config.Cmd ?? [],
    workdir: Config.WorkingDir?.startsWith('/') === true ? Config.WorkingDir : '/',
    environment: Object.fromEntries(pairs),
    ports: ports.sort((one, other) => one - other),
  };
}
