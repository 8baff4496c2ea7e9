import { useEffect, useRef, useState } from 'react';

/** A line of text that is taken over once, when it is left or Enter is pressed; Escape and what cannot be taken bring back what holds. */
export function KeptField({
  label,
  value,
  isNumber = false,
  onKeep,
}: {
  label: string;
  value: string;
  isNumber?: boolean;
  /** False: it cannot be taken, or was not. */
  onKeep: (text: string) => boolean | Promise<boolean>;
}) {
  const [text, setText] = useState(value);
  // What holds when the answer comes may be another than when it was asked for.
  const held = useRef(value);
  // Enter asks, and so does leaving the line before the answer is there: one edit, not two.
  const asked = useRef<string>(undefined);
  useEffect(() => {
    held.current = value;
    asked.current = undefined;
    setText(value);
  }, [value]);
  const keep = async (): Promise<void> => {
    if (text === value || text === asked.current) return;
    asked.current = text;
    if (await onKeep(text)) return;
    asked.current = undefined;
    setText((now) => (now === text ? held.current : now));
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
        onBlur={() => void keep()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void keep();
          if (event.key === 'Escape') setText(value);
        }}
      />
    </label>
  );
}
