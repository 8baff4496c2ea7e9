import {
  isRecorded,
  type ActionRecord,
  type FrameMessage,
  type PerformedAction,
} from '@showrunner/contracts';
import type { SessionFrames } from '../frames/session-frames';

interface Connection {
  closed: Promise<void>;
  close(): void;
}

/** A recorder's way to a session of its own process, as `recordFrames` asks for it. */
export const connectInProcess =
  (frames: SessionFrames) =>
  async (onMessage: (message: FrameMessage) => void): Promise<Connection> => {
    const subscription = await frames.record();
    const pump = async (): Promise<void> => {
      for (let next = await subscription.next(); next !== undefined; next = await subscription.next())
        onMessage(next);
    };
    return { closed: pump(), close: () => subscription.close() };
  };

/** Records a session for nobody, so that what it does has times. */
export async function startTakeClock(frames: SessionFrames): Promise<void> {
  await connectInProcess(frames)(() => undefined);
  await frames.recordingStarted;
}

/** An action of such a session. */
export async function timed(action: Promise<PerformedAction>): Promise<ActionRecord> {
  const done = await action;
  if (isRecorded(done)) return done;
  throw new Error('The action has no time: no take was begun.');
}
