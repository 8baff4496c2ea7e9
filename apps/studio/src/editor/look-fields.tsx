import { Choice } from '../parts/choice';
import { ASPECTS, THEMES, voicesWith } from '../parts/looks';
import type { Timeline } from './film-items';
import { KeptField } from './kept-field';
import type { Edit } from './use-timeline';

/** Title, format, theme and voice of the film. */
export function LookFields({
  timeline: { title, aspect, theme, voice },
  onEdit,
}: {
  timeline: Timeline;
  onEdit: Edit;
}) {
  const name = voice?.name ?? 'none';
  return (
    <section className="card stack" aria-labelledby="looks">
      <h2 id="looks">The film</h2>
      <KeptField label="Title" value={title} onKeep={(next) => onEdit({ op: 'setTitle', title: next })} />
      <Choice
        isSmall
        label="Format"
        value={aspect}
        offered={ASPECTS}
        onChange={(next) => void onEdit({ op: 'setAspect', aspect: next })}
      />
      <Choice
        isSmall
        label="Theme"
        value={theme}
        offered={THEMES}
        onChange={(next) => void onEdit({ op: 'setTheme', theme: next })}
      />
      <Choice
        isSmall
        label="Voice"
        value={name}
        offered={voicesWith(name)}
        onChange={(next) =>
          void onEdit({ op: 'setVoice', voice: next === 'none' ? null : { ...voice, name: next } })
        }
      />
    </section>
  );
}
