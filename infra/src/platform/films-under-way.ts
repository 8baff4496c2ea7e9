import { TERMINAL_RUN_STATES } from '@showrunner/contracts';
import { loadSecrets } from './secrets';
import type { PlatformSettings } from './settings';

const ANSWER_MS = 5_000;
const LOOK_EVERY_MS = 1_000;
const PAGE = 100;

interface Run {
  id: string;
  state: (typeof TERMINAL_RUN_STATES)[number];
}

/** Ids of the runs that have not ended, as the platform tells; none where it does not answer. */
export async function filmsUnderWay(settings: PlatformSettings, env: NodeJS.ProcessEnv): Promise<string[]> {
  try {
    const response = await fetch(`http://127.0.0.1:${settings.ports.gateway}/api/runs?limit=${PAGE}`, {
      headers: { authorization: `Bearer ${loadSecrets(settings.home, env).apiKey}` },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (!response.ok) return [];
    const { data } = (await response.json()) as { data: Run[] };
    return data.filter(({ state }) => !TERMINAL_RUN_STATES.includes(state)).map(({ id }) => id);
  } catch {
    // Nobody to ask: it goes down all the same.
    return [];
  }
}

/** Waits until no film is under way. @param onChange gets how many are left, each time that changed */
export async function untilFilmed(
  settings: PlatformSettings,
  env: NodeJS.ProcessEnv,
  onChange: (left: number) => void,
): Promise<void> {
  for (let told = 0; ;) {
    const { length } = await filmsUnderWay(settings, env);
    if (length === 0) return;
    if (length !== told) onChange(length);
    told = length;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** What is said of films that a platform takes down with it. */
export function handedOver(runs: readonly string[], env: NodeJS.ProcessEnv): string[] {
  if (runs.length === 0) return [];
  const films = runs.length === 1 ? '1 film' : `${runs.length} films`;
  const fate =
    env.SANDBOX_ON_LOST === 'fail'
      ? 'will have failed with the next `showrunner up`, as SANDBOX_ON_LOST=fail has it'
      : 'will go on with the next `showrunner up`: apps are built again and the same plans filmed';
  return [`${films} under way ${fate}.`, ...runs.map((id) => `  ${id}   then: showrunner get ${id}`)];
}
