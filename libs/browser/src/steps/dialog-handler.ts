import type { Step } from '@showrunner/contracts';
import type { OpenDialog } from '../observer/page-observer';
import type { PageActor } from './page-actor';
import { pause } from './wait-until';

/** Alerts, confirmations and leaving a page are consequences of the step and accepted; a prompt is dismissed unless the step has words for it. */
export const isAccepted = (dialog: OpenDialog, answer?: DialogAnswer): boolean =>
  isQuestion(dialog) && answer !== undefined ? answer.accept : dialog.type !== 'prompt';

/** What a step says to the question that it brings up. */
export type DialogAnswer = NonNullable<Step['dialog']>;

const isQuestion = ({ type }: OpenDialog): boolean => type === 'confirm' || type === 'prompt';

/** Closes a dialog at once, since the page stands still while it is open. The server hears of dialogs a moment after us, so it is asked again. */
export const closeDialog = async (
  actor: PageActor,
  dialog: OpenDialog,
  isOpen: () => boolean,
  answer?: DialogAnswer,
): Promise<boolean> => {
  const accept = isAccepted(dialog, answer);
  const text =
    accept && dialog.type === 'prompt' && answer?.text !== undefined ? { promptText: answer.text } : {};
  for (let attempt = 0; attempt < 60 && isOpen(); attempt++) {
    const reply = await actor.callTool('browser_handle_dialog', { accept, ...text });
    if (!reply.isError) return true;
    await pause(25);
  }
  return !isOpen();
};
