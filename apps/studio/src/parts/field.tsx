import { useId, type ReactNode } from 'react';

interface FieldProps {
  label: string;
  hint?: string;
  value: string;
  placeholder?: string;
  /** A command, an address: shown in letters of equal width. */
  isCode?: boolean;
  required?: boolean;
  /** It is what the page was opened for. */
  autoFocus?: boolean;
  onChange: (value: string) => void;
}
/** What a control has by which its label and its hint are found. */
interface Labels {
  id: string;
  className: string;
  'aria-describedby': string | undefined;
}

/** One line of text with its label. */
export function Field({
  label,
  hint,
  isCode,
  onChange,
  ...rest
}: FieldProps & {
  type?: 'text' | 'url' | 'email' | 'password';
  minLength?: number;
  inputMode?: 'numeric';
  autoComplete?: string;
}) {
  return (
    <Labelled label={label} hint={hint} isCode={isCode}>
      {(labels) => (
        <input
          {...labels}
          autoComplete="off"
          spellCheck={false}
          {...rest}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Labelled>
  );
}

/** Several lines of it. */
export function TextArea({ label, hint, isCode, onChange, ...rest }: FieldProps & { rows?: number }) {
  return (
    <Labelled label={label} hint={hint} isCode={isCode}>
      {(labels) => (
        <textarea
          {...labels}
          spellCheck={!isCode}
          {...rest}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Labelled>
  );
}

function Labelled({
  label,
  hint,
  isCode,
  children,
}: {
  label: string;
  hint: string | undefined;
  isCode: boolean | undefined;
  children: (labels: Labels) => ReactNode;
}) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, className: `input ${isCode ? 'code' : ''}`, 'aria-describedby': hintId })}
      {hint === undefined ? null : (
        <p className="hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  );
}
