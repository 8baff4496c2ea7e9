import type { Schemas } from '../api/client';
import { Choice } from '../parts/choice';
import { Field, TextArea } from '../parts/field';
import type { MendingField } from '../parts/remedies';
import { ASPECTS, THEMES, voicesWith } from '../parts/looks';
import { SIZES } from './film-options';
import type { FilmOptions } from './film-options';

const PACES: { value: FilmOptions['pace']; label: string }[] = [
  { value: 'slow', label: 'Slow, for people who follow along' },
  { value: 'normal', label: 'Normal' },
  { value: 'fast', label: 'Fast' },
  { value: 'none', label: 'Without pauses' },
];

/** What can be said beyond the intent. What detection found stands in the fields as what happens without a word. */
export function OptionFields({
  options,
  field,
  found,
  onChange,
}: {
  options: FilmOptions;
  /** The one to begin with. */
  field: MendingField | undefined;
  found: Schemas['Build']['plan'];
  onChange: (changed: Partial<FilmOptions>) => void;
}) {
  return (
    <div className="option-fields">
      <Choice label="Pace" value={options.pace} offered={PACES} onChange={(pace) => onChange({ pace })} />
      <Choice
        label="Voice"
        hint="Says the captions while they are read."
        value={options.voice}
        offered={voicesWith(options.voice)}
        onChange={(voice) => onChange({ voice })}
      />
      <Choice
        label="Size of the page"
        value={options.size}
        offered={SIZES}
        onChange={(size) => onChange({ size })}
      />
      <Choice
        label="Format of the film"
        value={options.aspect}
        offered={ASPECTS}
        onChange={(aspect) => onChange({ aspect })}
      />
      <Choice
        label="Theme"
        value={options.theme}
        offered={THEMES}
        onChange={(theme) => onChange({ theme })}
      />
      <Field
        label="Install with"
        isCode
        value={options.install}
        autoFocus={field === 'install'}
        placeholder={found?.install ?? 'nothing to install'}
        onChange={(install) => onChange({ install })}
      />
      <Field
        label="Start with"
        isCode
        value={options.start}
        autoFocus={field === 'start'}
        placeholder={found?.start ?? 'what is detected'}
        onChange={(start) => onChange({ start })}
      />
      <Field
        label="Port"
        isCode
        inputMode="numeric"
        value={options.port}
        autoFocus={field === 'port'}
        placeholder={found?.port === null || found === null ? 'found when it starts' : String(found.port)}
        onChange={(port) => onChange({ port: port.replace(/\D/g, '') })}
      />
      <TextArea
        label="Environment"
        hint="One NAME=value a line. Values are sealed and never shown again."
        isCode
        rows={3}
        value={options.env}
        autoFocus={field === 'env'}
        onChange={(env) => onChange({ env })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={options.keepSandbox}
          onChange={({ target }) => onChange({ keepSandbox: target.checked })}
        />
        <span>
          Keep the app running after the film
          <br />
          <span className="muted small">It ends by itself half an hour after its last use.</span>
        </span>
      </label>
    </div>
  );
}
