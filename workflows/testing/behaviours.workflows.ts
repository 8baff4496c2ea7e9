import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  defineQuery,
  defineSignal,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';

/** More than the 2 MiB that Temporal carries in one value. */
const TOO_MUCH = 3 * 1024 * 1024;

interface Large {
  /** @returns a text of so many characters */
  makeText(length: number): Promise<string>;
  measureText(text: string): Promise<number>;
  /** Notes that a workflow came to its end. */
  noteEnd(): Promise<void>;
}
const { makeText, measureText, noteEnd } = proxyActivities<Large>({
  startToCloseTimeout: '20s',
  retry: { maximumAttempts: 1 },
});
const local = proxyLocalActivities<Large>({ startToCloseTimeout: '20s', retry: { maximumAttempts: 1 } });

/** What a workflow gets to know of a result that is too large. */
export async function largeResultOfActivity(): Promise<string> {
  try {
    await makeText(TOO_MUCH);
    return 'came through';
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : error;
    return cause instanceof ApplicationFailure ? `caught: ${cause.message}` : `caught: ${String(cause)}`;
  } finally {
    await noteEnd();
  }
}

export async function largeArgumentOfActivity(): Promise<void> {
  try {
    await measureText('a'.repeat(TOO_MUCH));
  } finally {
    await noteEnd();
  }
}

export async function largeResultOfLocalActivity(): Promise<void> {
  try {
    await local.makeText(TOO_MUCH);
  } finally {
    await noteEnd();
  }
}

export const largeResultOfWorkflow = async (): Promise<string> => 'a'.repeat(TOO_MUCH);

export const textOf = defineQuery<string, [length: number]>('textOf');
export const finish = defineSignal('finish');
export async function largeAnswerToQuery(): Promise<void> {
  let finished = false;
  setHandler(textOf, (length) => 'a'.repeat(length));
  setHandler(finish, () => void (finished = true));
  await condition(() => finished);
}

export const first = defineSignal('first');
export const second = defineSignal('second');
/** @returns the signals in the order in which they were handled, and where setHandler returned */
export async function waitingSignals(): Promise<string[]> {
  const order: string[] = [];
  setHandler(second, () => void order.push('second'));
  order.push('second has a handler');
  setHandler(first, () => void order.push('first'));
  order.push('first has a handler');
  await condition(() => order.length === 4);
  return order;
}

/** @returns for each global whether workflow code has it */
export const globalsOfWorkflows = async (names: readonly string[]): Promise<Record<string, boolean>> =>
  Object.fromEntries(names.map((name) => [name, name in globalThis]));
