import { wordsOf } from './film-items';
import type { Operation } from './film-items';

/** Somebody else was quicker: nothing of either is lost, and the one who was late says what is to become of his edits. */
export function ConflictNote({
  waiting,
  late,
  onDo,
  onDrop,
}: {
  waiting: readonly Operation[];
  late: 'undo' | 'redo' | undefined;
  onDo: () => void;
  onDrop: () => void;
}) {
  if (waiting.length === 0) {
    if (late === undefined) return null;
    return (
      <div className="note" role="alert">
        <p>
          <strong>Somebody else has edited this film meanwhile.</strong> It is shown as it is now, and nothing
          was {late === 'undo' ? 'undone. Undo now takes back that edit' : 'done again'}.
        </p>
      </div>
    );
  }
  return (
    <div className="note" role="alert">
      <p>
        <strong>Somebody else has edited this film meanwhile.</strong> It is shown as it is now; these edits
        of yours were not done yet:
      </p>
      <ul className="waiting">
        {waiting.map((operation, n) => (
          <li key={n}>{wordsOf(operation)}</li>
        ))}
      </ul>
      <div className="row">
        <button type="button" className="button small primary" onClick={onDo}>
          Do them now
        </button>
        <button type="button" className="button small" onClick={onDrop}>
          Leave them
        </button>
      </div>
    </div>
  );
}
