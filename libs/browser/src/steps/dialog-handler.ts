import type { OpenDialog } from '../observer/page-observer';
import type { PageActor } from './page-actor';
import { pause } from './wait-until';

/** Alerts, confirmations and leaving a page are consequences of the step and accepted; a prompt asks for words that no plan has, and is dismissed. */
export const isAccepted = (dialog: OpenDialog): boolean => dialog.type !== 'prompt';

/** Closes a dialog at once, since the page stands still while it is open. The server hears of dialogs a moment after us, so it is asked again. */
export const closeDialog = async (
  actor: PageActor,
  dialog: OpenDialog,
  isOpen: () => boolean,
): Promise<boolean> => {
  for (let attempt = 0; attempt < 60 && isOpen(); attempt++) {
    const reply = await actor.callTool('browser_handle_dialog', { accept: isAccepted(dialog) });
    if (!reply.isError) return true;
    await pause(25);
  }
  return !isOpen();
};
