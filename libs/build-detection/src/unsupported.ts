import { depthOf, type FileListing } from './listing';
import { findDockerfile } from './container/dockerfile';
import { composeFile } from './services/compose-services';

/** What the source is, when it is something that the sandbox cannot run by itself. */
export interface Unsupported {
  code: 'dockerfile_unsupported' | 'compose_unsupported' | 'stack_unsupported';
  message: string;
  remedy: string;
}

const STACKS: readonly { file: RegExp; name: string }[] = [
  { file: /^go\.mod$/, name: 'Go' },
  { file: /^Cargo\.toml$/, name: 'Rust' },
  { file: /^(pom\.xml|build\.gradle(\.kts)?)$/, name: 'Java' },
  { file: /^composer\.json$/, name: 'PHP' },
  { file: /^(Gemfile|_config\.yml)$/, name: 'Ruby' },
  { file: /^mix\.exs$/, name: 'Elixir' },
  { file: /\.(csproj|sln|fsproj)$/, name: '.NET' },
  { file: /^deno\.jsonc?$/, name: 'Deno' },
  { file: /^(hugo|config)\.toml$/, name: 'Hugo' },
  { file: /^Package\.swift$/, name: 'Swift' },
  { file: /^pubspec\.yaml$/, name: 'Flutter' },
];

/** Names what a source needs when none of the detectors found an app in it. */
export function describeUnsupported(listing: FileListing, hasGo: boolean): Unsupported | undefined {
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
  if (stack?.name === 'Go' && hasGo) return undefined;
  return stack === undefined
    ? undefined
    : {
        code: 'stack_unsupported',
        message: `This looks like a ${stack.name} app; the sandbox has Node${hasGo ? ', Go' : ''} and Python only.`,
        remedy:
          'Choose another folder with --subdir, or say how it is started with what there is: --start "<command>" --port <port>.',
      };
}
