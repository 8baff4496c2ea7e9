import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { keysQuery } from '../api/queries';
import { CopyButton } from '../parts/copy-button';
import { Field } from '../parts/field';
import { ProblemNote } from '../parts/problem-note';

type Permission = Schemas['ApiKey']['permissions'][number];
const PERMISSIONS: { name: Permission; label: string }[] = [
  { name: 'read', label: 'See films, plans and apps' },
  { name: 'write', label: 'Make and stop films' },
  { name: 'sandbox', label: 'Work inside sandboxes' },
  { name: 'manage', label: 'Invite people, give keys, see who did what' },
  { name: 'operate', label: 'Look after the whole installation' },
];
const ENDS: { days: string; label: string }[] = [
  { days: '', label: 'never' },
  { days: '7', label: 'in a week' },
  { days: '30', label: 'in 30 days' },
  { days: '365', label: 'in a year' },
];

/** Makes a key, and shows it once. */
export function NewKey() {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [days, setDays] = useState('');
  const [permissions, setPermissions] = useState<Permission[]>(['read', 'write', 'sandbox']);
  const make = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/keys', {
          body: { name: name.trim(), permissions, ...(days === '' ? {} : { expiresInDays: Number(days) }) },
        }),
      ),
    onSuccess: () => {
      setName('');
      return queries.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
  });
  const made = make.data;
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '' && permissions.length > 0) make.mutate();
      }}
    >
      <h2>A new key</h2>
      <Field label="Name" placeholder="Who or what it is for" value={name} onChange={setName} />
      <fieldset className="stack tight">
        <legend className="label">It may</legend>
        {PERMISSIONS.map(({ name: permission, label }) => (
          <label className="check" key={permission}>
            <input
              type="checkbox"
              checked={permissions.includes(permission)}
              onChange={({ target }) =>
                setPermissions((before) =>
                  target.checked ? [...before, permission] : before.filter((one) => one !== permission),
                )
              }
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span className="label">It ends</span>
        <select className="input" value={days} onChange={({ target }) => setDays(target.value)}>
          {ENDS.map(({ days: value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <ProblemNote error={make.error} />
      <button
        type="submit"
        className="button primary"
        disabled={make.isPending || name.trim() === '' || permissions.length === 0}
      >
        Make the key
      </button>
      {made === undefined ? null : (
        <div className="note ok" role="status">
          <p>
            <strong>{made.name}</strong>: copy it now, it is not shown again.
          </p>
          <code className="new-key">{made.key}</code>
          <CopyButton text={made.key} label="Copy" />
        </div>
      )}
    </form>
  );
}
