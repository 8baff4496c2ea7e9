import { useEffect, useState } from 'react';

/** A line of text that is taken over when it is left or Enter is pressed; Escape and what cannot be taken bring the old one back. */
export function KeptField({
  label,
  value,
  isNumber = false,
  onKeep,
}: {
  label: string;
  value: string;
  isNumber?: boolean;
  /** False: it cannot be taken. */
  onKeep: (text: string) => boolean | void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const keep = (): void => {
    if (text !== value && onKeep(text) === false) setText(value);
  };
  return (
    <label className="kept-field">
      <span className="small muted">{label}</span>
      <input
        className="input"
        value={text}
        inputMode={isNumber ? 'decimal' : undefined}
        maxLength={500}
        autoComplete="off"
        onChange={({ target }) => setText(target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
          if (event.key === 'Escape') setText(value);
        }}
      />
    </label>
  );
}
