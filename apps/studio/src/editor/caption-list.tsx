import { filmTime } from './film-items';
import type { Timeline } from './film-items';
import { KeptField } from './kept-field';
import type { Edit } from './use-timeline';

/** What is to be read in the film. */
export function CaptionList({
  captions,
  onSeek,
  onEdit,
}: {
  captions: Timeline['captions'];
  onSeek: (ms: number) => void;
  onEdit: Edit;
}) {
  if (captions.length === 0) return <p className="muted small">This film has no captions.</p>;
  return (
    <ol className="items">
      {captions.map(({ id, startMs, text, heading }) => {
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
            <KeptField
              label={label}
              value={text}
              onKeep={(next) => onEdit({ op: 'setCaption', id, text: next })}
            />
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
