import { filmTime } from './film-items';
import type { Timeline } from './film-items';
import { KeptField } from './kept-field';
import type { Edit } from './use-timeline';

/** What is to be read in the film. */
export function CaptionList({
  captions,
  isSpoken,
  onSeek,
  onEdit,
}: {
  captions: Timeline['captions'];
  /** Somebody speaks: what he says may be other words. */
  isSpoken: boolean;
  onSeek: (ms: number) => void;
  onEdit: Edit;
}) {
  if (captions.length === 0) return <p className="muted small">This film has no captions.</p>;
  return (
    <ol className="items">
      {captions.map(({ id, startMs, text, heading, spoken }) => {
        const label = heading === undefined || heading.title === '' ? 'Caption' : `Below “${heading.title}”`;
        return (
          <li key={id} className="caption-line">
            <button
              type="button"
              className="button small"
              aria-label={`Show the caption at ${filmTime(startMs)}`}
              onClick={() => onSeek(startMs + 300)}
            >
              {filmTime(startMs)}
            </button>
            <div className="stack tight">
              <KeptField
                label={label}
                value={text}
                onKeep={(next) => onEdit({ op: 'setCaption', id, text: next })}
              />
              {isSpoken ? (
                <KeptField
                  label="Said instead; empty: the same words"
                  value={spoken ?? ''}
                  onKeep={(next) =>
                    onEdit({ op: 'setCaption', id, spoken: next.trim() === '' ? null : next.trim() })
                  }
                />
              ) : null}
            </div>
            <button
              type="button"
              className="button small danger"
              aria-label={`Remove the caption at ${filmTime(startMs)}`}
              onClick={() => void onEdit({ op: 'remove', id })}
            >
              Remove
            </button>
          </li>
        );
      })}
    </ol>
  );
}
