import type { Timeline } from './film-items';
import { KeptField } from './kept-field';
import type { Edit } from './use-timeline';

const ASPECTS: { value: Timeline['aspect']; label: string }[] = [
  { value: 'source', label: 'As filmed' },
  { value: '16:9', label: 'Wide, 16:9' },
  { value: '9:16', label: 'Upright, 9:16' },
  { value: '1:1', label: 'Square' },
  { value: '4:5', label: 'Portrait, 4:5' },
];
const THEMES: { value: Timeline['theme']; label: string }[] = [
  { value: 'plain', label: 'The page alone' },
  { value: 'midnight', label: 'Midnight' },
  { value: 'daylight', label: 'Daylight' },
  { value: 'aurora', label: 'Aurora' },
  { value: 'graphite', label: 'Graphite' },
];

/** Title, format and theme of the film. */
export function LookFields({
  timeline: { title, aspect, theme },
  onEdit,
}: {
  timeline: Timeline;
  onEdit: Edit;
}) {
  return (
    <section className="card stack" aria-labelledby="looks">
      <h2 id="looks">The film</h2>
      <KeptField label="Title" value={title} onKeep={(next) => onEdit({ op: 'setTitle', title: next })} />
      <label className="kept-field">
        <span className="small muted">Format</span>
        <select
          className="input"
          value={aspect}
          onChange={({ target }) =>
            void onEdit({ op: 'setAspect', aspect: target.value as Timeline['aspect'] })
          }
        >
          {ASPECTS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="kept-field">
        <span className="small muted">Theme</span>
        <select
          className="input"
          value={theme}
          onChange={({ target }) => void onEdit({ op: 'setTheme', theme: target.value as Timeline['theme'] })}
        >
          {THEMES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}
