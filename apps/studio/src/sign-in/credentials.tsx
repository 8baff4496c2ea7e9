import { useState } from 'react';
import { Field } from '../parts/field';
import { ProblemNote } from '../parts/problem-note';

export interface Given {
  mail: string;
  password: string;
}

/** Mail address and password. `isNew`: of an account that is made with them. */
export function Credentials({
  label,
  isNew = false,
  mail: given = '',
  isPending,
  error,
  onSubmit,
}: {
  label: string;
  isNew?: boolean;
  mail?: string;
  isPending: boolean;
  error: unknown;
  onSubmit: (given: Given) => void;
}) {
  const [mail, setMail] = useState(given);
  const [password, setPassword] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ mail: mail.trim(), password });
      }}
    >
      <Field
        label="Mail address"
        type="email"
        autoComplete="username"
        required
        value={mail}
        onChange={setMail}
      />
      <Field
        label="Password"
        type="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        required
        {...(isNew
          ? { minLength: 10, hint: 'At least 10 characters; a few words are easy to remember.' }
          : {})}
        value={password}
        onChange={setPassword}
      />
      <ProblemNote error={error} />
      <button type="submit" className="button primary" disabled={isPending}>
        {isPending ? 'One moment …' : label}
      </button>
    </form>
  );
}
