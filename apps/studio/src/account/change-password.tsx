import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import { Field } from '../parts/field';
import { ProblemNote } from '../parts/problem-note';

/** Every other browser is signed out with it. */
export function ChangePassword({ hasPassword }: { hasPassword: boolean }) {
  const queries = useQueryClient();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () =>
      answerOf(api.POST('/account/password', { body: { password, ...(hasPassword ? { current } : {}) } })),
    onSuccess: () => {
      setCurrent('');
      setPassword('');
      return queries.invalidateQueries();
    },
  });
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <h2>{hasPassword ? 'Change the password' : 'Set a password'}</h2>
      {hasPassword ? (
        <Field
          label="Password of now"
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={setCurrent}
        />
      ) : null}
      <Field
        label="New password"
        type="password"
        autoComplete="new-password"
        required
        minLength={10}
        hint="At least 10 characters. Your other browsers are signed out."
        value={password}
        onChange={setPassword}
      />
      <ProblemNote error={change.error} />
      {change.isSuccess ? (
        <p className="note ok" role="status">
          The password was changed.
        </p>
      ) : null}
      <p>
        <button type="submit" className="button" disabled={change.isPending}>
          {hasPassword ? 'Change it' : 'Set it'}
        </button>
      </p>
    </form>
  );
}
