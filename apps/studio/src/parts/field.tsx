import { useId } from 'react';

interface FieldProps {
  label: string;
  hint?: string;
  value: string;
  placeholder?: string;
  /** A command, an address: shown in letters of equal width. */
  isCode?: boolean;
  required?: boolean;
  onChange: (value: string) => void;
}

/** One line of text with its label. */
export function Field({
  label,
  hint,
  isCode,
  onChange,
  ...rest
}: FieldProps & { type?: 'text' | 'url' | 'password'; inputMode?: 'numeric'; autoComplete?: string }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={`input ${isCode ? 'code' : ''}`}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        {...rest}
        onChange={({ target }) => onChange(target.value)}
      />
      {hint === undefined ? null : (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** Several lines of it. */
export function TextArea({ label, hint, isCode, onChange, ...rest }: FieldProps & { rows?: number }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className={`input ${isCode ? 'code' : ''}`}
        spellCheck={!isCode}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        {...rest}
        onChange={({ target }) => onChange(target.value)}
      />
      {hint === undefined ? null : (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
