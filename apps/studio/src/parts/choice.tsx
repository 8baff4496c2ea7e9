interface Offered<Value extends string> {
  value: Value;
  label: string;
}

/** One of several, with its label; `isSmall` where fields stand side by side. */
export function Choice<Value extends string>({
  label,
  hint,
  value,
  offered,
  isSmall = false,
  onChange,
}: {
  label: string;
  hint?: string;
  value: Value;
  offered: readonly Offered<Value>[];
  isSmall?: boolean;
  onChange: (value: Value) => void;
}) {
  return (
    <label className={isSmall ? 'kept-field' : 'field'}>
      <span className={isSmall ? 'small muted' : 'label'}>{label}</span>
      <select
        className="input"
        value={value}
        onChange={({ target }) => {
          const chosen = offered.find((one) => one.value === target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {offered.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
      {hint === undefined ? null : <span className="hint">{hint}</span>}
    </label>
  );
}
