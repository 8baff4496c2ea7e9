/** What a key does in the editor. `by` in frames. */
export type EditorCommand = { do: 'play' | 'undo' | 'redo' | 'begin' | 'end' } | { do: 'step'; by: number };

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const FRAMES_A_SECOND = 30;

/**
 * Keys as editors have them: space plays, arrows step by a frame (with Shift by a second), Home and End, Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y.
 * Null for every other key, and for those that belong to the control `target` which has the focus.
 */
export function commandOf(
  pressed: Pressed,
  target: { tagName: string; type?: string } | null,
): EditorCommand | null {
  const { key, shiftKey, altKey } = pressed;
  const isControl = pressed.ctrlKey || pressed.metaKey;
  if (altKey || writes(target)) return null;
  if (isControl) {
    const letter = key.toLowerCase();
    if (letter === 'z') return { do: shiftKey ? 'redo' : 'undo' };
    return letter === 'y' ? { do: 'redo' } : null;
  }
  // A button is pressed by space, a slider and a list are moved by arrows.
  if (['BUTTON', 'A', 'INPUT', 'SELECT', 'SUMMARY'].includes(target?.tagName ?? '')) return null;
  const by = shiftKey ? FRAMES_A_SECOND : 1;
  if (key === ' ') return { do: 'play' };
  if (key === 'ArrowLeft') return { do: 'step', by: -by };
  if (key === 'ArrowRight') return { do: 'step', by };
  if (key === 'Home') return { do: 'begin' };
  return key === 'End' ? { do: 'end' } : null;
}

/** Text has an undo of its own. */
const writes = (target: { tagName: string; type?: string } | null): boolean =>
  target?.tagName === 'TEXTAREA' ||
  (target?.tagName === 'INPUT' && !['range', 'checkbox', 'radio', 'button'].includes(target.type ?? 'text'));
