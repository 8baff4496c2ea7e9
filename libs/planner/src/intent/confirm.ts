import { foldText } from '@showrunner/contracts';
import type { CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { click } from '../candidate';
import { PageView } from '../page-view';
import { readable } from '../words';

/** Opened by a click on a thing that asks once more: what confirms is read off the page. */
export const CONFIRMATION = 'confirmation';

const CONFIRMS =
  /\b(yes|ok|confirm|delete|remove|discard|erase|sure|ja|bestätigen|löschen|entfernen|oui|confirmer|supprimer|sí|confirmar|eliminar|borrar|sì|conferma|elimina|sim|excluir|verwijderen|bevestigen)\b/iu;
const REFUSES =
  /\b(no|not|cancel|keep|close|back|nein|abbrechen|non|annuler|cancelar|annulla|não|nee|annuleren)\b/iu;

/** The click that confirms in a dialog that asks once more, proven by what then is gone. None when no dialog asks. */
export function confirmingSteps(snapshot: PageSnapshot, about: string): CandidateStep[] {
  const view = PageView.of(snapshot);
  const dialog = view.nodes.find((node) => ['dialog', 'alertdialog'].includes(node.role));
  if (dialog === undefined || about === '') return [];
  const button = view
    .descendants(dialog)
    .find((node) => node.role === 'button' && CONFIRMS.test(node.name) && !REFUSES.test(node.name));
  return button === undefined
    ? []
    : [
        {
          ...click(view.targetOf(button), readable(button.name) || 'Confirm', {
            kind: 'textHidden',
            text: foldText(about),
          }),
          asks: { kind: 'row', title: foldText(about), effect: 'goes' },
        },
      ];
}
