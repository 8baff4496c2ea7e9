import { AppError, type BuildSpec, type ImageFacts } from '@showrunner/contracts';
import { quoted, type Sandbox } from '@showrunner/sandbox';
import { withEnvironmentFiles } from './environment-files';

const DEFAULT_PORT = 3000;

/** How an app is started in its sandbox. */
export interface AppCommand {
  /** A `sh -c` line. */
  command: string;
  cwd: string;
  env: Record<string, string>;
  /** Where it is expected to listen. */
  port: number | null;
}

/** Where the folder of the app lies in the sandbox of its source. */
export const sourceFolder = ({ dir }: Pick<BuildSpec, 'dir'>): string =>
  dir === '' ? '/app' : `/app/${dir}`;

/** Folder in which the commands of a build spec are run. */
export async function folderOfApp(sandbox: Sandbox, buildSpec: BuildSpec): Promise<string> {
  return buildSpec.container === null ? sourceFolder(buildSpec) : folderOfImage((await sandbox.info()).image);
}

const folderOfImage = (image: ImageFacts | undefined): string => image?.workdir ?? '/';

/**
 * The start of a build spec; of an image its entrypoint and command, in its folder, whose variables are set already.
 * @throws AppError `image_without_command`
 */
export async function appCommand(sandbox: Sandbox, buildSpec: BuildSpec): Promise<AppCommand> {
  if (buildSpec.container === null)
    return withPort(buildSpec, {
      command: withEnvironmentFiles(buildSpec.environmentFiles, buildSpec.start),
      cwd: sourceFolder(buildSpec),
      port: buildSpec.port,
    });
  const image = (await sandbox.info()).image;
  const argv = [...(image?.entrypoint ?? []), ...(image?.command ?? [])];
  if (argv.length === 0)
    throw new AppError(
      'image_without_command',
      `The image of ${buildSpec.container.dockerfile} starts nothing.`,
      {
        status: 422,
        remedy: 'Give it a CMD or an ENTRYPOINT.',
      },
    );
  const port = buildSpec.port ?? image?.ports[0] ?? null;
  const found = { command: `exec ${argv.map(quoted).join(' ')}`, cwd: folderOfImage(image), port };
  return withPort(buildSpec, found, image?.environment['PORT']);
}

function withPort(buildSpec: BuildSpec, found: Omit<AppCommand, 'env'>, ownPort?: string): AppCommand {
  const PORT = String(found.port ?? ownPort ?? DEFAULT_PORT);
  return { ...found, env: { PORT, HOST: '127.0.0.1', ...buildSpec.env } };
}
