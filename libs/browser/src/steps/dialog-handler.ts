import type { Step } from '@showrunner/contracts';
import type { OpenDialog } from '../observer/page-observer';
import type { PageActor } from './page-actor';
import { pause } from './wait-until';

/** Alerts, confirmations and leaving a page are consequences of the step and accepted; a prompt is dismissed unless the step has words for it. */
export const isAccepted = (dialog: OpenDialog, answer?: DialogAnswer): boolean =>
  isQuestion(dialog) && answer !== undefined ? answer.accept : dialog.type !== 'prompt';

/** What a step says to the question that it brings up. */
export type DialogAnswer = NonNullable<Step['dialog']>;

/** A dialog that is still open after this time, ms, stays so: the tab is lost. */
const CLOSING_MS = 5000;

const isQuestion = ({ type }: OpenDialog): boolean => type === 'confirm' || type === 'prompt';

/** Closes a dialog at once, since the page stands still while it is open. The server hears of dialogs a moment after us, so it is asked again. False: it cannot be closed. */
export const closeDialog = async (
  actor: PageActor,
  dialog: OpenDialog,
  isOpen: () => boolean,
  answer?: DialogAnswer,
  closingMs = CLOSING_MS,
): Promise<boolean> => {
  const accept = isAccepted(dialog, answer);
  const text =
    accept && dialog.type === 'prompt' && answer?.text !== undefined ? { promptText: answer.text } : {};
  const deadline = Date.now() + closingMs;
  while (isOpen() && Date.now() < deadline) {
    const answered = actor.callTool('browser_handle_dialog', { accept, ...text });
    const reply = await Promise.race([answered, pause(deadline - Date.now()).then(() => undefined)]);
    if (reply?.isError === false) return true;
    await pause(25);
  }
  return !isOpen();
};
