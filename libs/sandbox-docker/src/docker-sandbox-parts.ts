import type { ContainerCommands } from './commands/container-commands';
import type { DockerLifecycle } from './docker-lifecycle';
import type { SandboxNetwork } from './network/sandbox-network';

/** What a handle on one container works with. */
export interface DockerSandboxParts {
  id: string;
  commands: ContainerCommands;
  /** Asked for anew each time: a stop ends the one before. */
  network: () => SandboxNetwork;
  lifecycle: DockerLifecycle;
}
