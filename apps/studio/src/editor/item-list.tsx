import { filmTime, readSeconds } from './film-items';
import type { Operation, ShownItem } from './film-items';
import { KeptField } from './kept-field';
import type { Edit } from './use-timeline';

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 8];
const seconds = (ms: number): string => String(Math.round(ms) / 1000);

/** What follows each other in the film; the one that is shown now is marked. */
export function ItemList({
  items,
  atMs,
  onSeek,
  onEdit,
}: {
  items: readonly ShownItem[];
  atMs: number;
  onSeek: (ms: number) => void;
  onEdit: Edit;
}) {
  return (
    <ol className="items">
      {items.map((shown, n) => {
        const { item, startMs, lengthMs, label, chapter } = shown;
        const isShown = atMs >= startMs && atMs < startMs + lengthMs;
        const named = `${label}, ${filmTime(startMs)}`;
        return (
          <li key={item.id} className="item" aria-current={isShown ? 'true' : undefined}>
            <button type="button" className="item-name" onClick={() => onSeek(startMs)}>
              <span className="time">{filmTime(startMs)}</span>
              <span>
                <strong>{label}</strong>
                <span className="muted small">
                  {chapter} · {seconds(lengthMs)} s
                </span>
              </span>
            </button>
            <div className="row item-tools">
              <ItemFields shown={shown} onEdit={onEdit} />
              <button
                type="button"
                className="button small"
                aria-label={`Earlier: ${named}`}
                disabled={n === 0}
                onClick={() => void onEdit({ op: 'move', id: item.id, index: n - 1 })}
              >
                ↑
              </button>
              <button
                type="button"
                className="button small"
                aria-label={`Later: ${named}`}
                disabled={n === items.length - 1}
                onClick={() => void onEdit({ op: 'move', id: item.id, index: n + 1 })}
              >
                ↓
              </button>
              <button
                type="button"
                className="button small danger"
                aria-label={`Remove: ${named}`}
                disabled={items.length === 1}
                onClick={() => void onEdit({ op: 'remove', id: item.id })}
              >
                Remove
              </button>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function ItemFields({ shown, onEdit }: { shown: ShownItem; onEdit: Edit }) {
  const { item } = shown;
  const { id } = item;
  const inMs = (text: string, edit: (ms: number) => Operation): boolean | Promise<boolean> => {
    const ms = readSeconds(text);
    return ms === undefined ? false : onEdit(edit(ms));
  };
  if (item.kind === 'footage') {
    const speeds = SPEEDS.includes(item.speed) ? SPEEDS : [...SPEEDS, item.speed].sort((a, b) => a - b);
    return (
      <>
        <KeptField
          label="From, s"
          isNumber
          value={seconds(item.inMs)}
          onKeep={(text) => inMs(text, (ms) => ({ op: 'trim', id, inMs: ms }))}
        />
        <KeptField
          label="To, s"
          isNumber
          value={seconds(item.outMs)}
          onKeep={(text) => inMs(text, (ms) => ({ op: 'trim', id, outMs: ms }))}
        />
        <label className="kept-field">
          <span className="small muted">Speed</span>
          <select
            className="input"
            value={item.speed}
            onChange={({ target }) => void onEdit({ op: 'setSpeed', id, speed: Number(target.value) })}
          >
            {speeds.map((speed) => (
              <option key={speed} value={speed}>
                {speed} ×
              </option>
            ))}
          </select>
        </label>
      </>
    );
  }
  return (
    <>
      {item.kind === 'card' ? (
        <>
          <KeptField
            label="Title"
            value={item.title}
            onKeep={(title) => onEdit({ op: 'setCard', id, title })}
          />
          <KeptField
            label="Below it"
            value={item.body}
            onKeep={(body) => onEdit({ op: 'setCard', id, body })}
          />
        </>
      ) : null}
      <KeptField
        label="Shown for, s"
        isNumber
        value={seconds(item.durationMs)}
        onKeep={(text) => inMs(text, (durationMs) => ({ op: 'setDuration', id, durationMs }))}
      />
    </>
  );
}
