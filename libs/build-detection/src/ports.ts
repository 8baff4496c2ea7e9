import type { Reason } from '@showrunner/contracts';
import { because } from './draft';

/**
 * Port that a command line names: `--port 4000`, `-p 4000`, `--port=4000`, `-p4000`, `PORT=4000`, `-l 4000`, `--bind :4000`,
 * `--server.port 4000`, `runserver 4000`.
 */
export function portIn(command: string): number | undefined {
  const found =
    /(?:^|[\s'"])(?:--(?:server\.)?port[= ]|-p[= ]?|-l |--listen[= ]|--bind[= ]|-b |PORT=|runserver )(?:[\w.[\]]*:)?(\d{2,5})(?=\s|$|["';&])/.exec(
      command.slice(0, 4096),
    )?.[1];
  return validPort(found);
}

export function validPort(text: string | undefined): number | undefined {
  const port = Number(text);
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : undefined;
}

export const portNamedBy = (port: number, who: string): Reason =>
  because('port', `${who} names port ${port}; the port that really listens is looked for all the same.`);
export const usualPort = (port: number, framework: string): Reason =>
  because(
    'port',
    `${port} is the usual port of ${framework}; the port that really listens is looked for all the same.`,
  );
