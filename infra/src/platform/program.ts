import { join } from 'node:path';
import { repositoryRoot } from '../../tooling/paths.mjs';

/** The bundle of this program, which starts itself again for other commands. */
export const platformProgram = join(repositoryRoot, 'infra', 'dist', 'platform.mjs');
