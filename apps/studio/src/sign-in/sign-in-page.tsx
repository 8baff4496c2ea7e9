import { useCallback, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answerOf, api } from '../api/client';
import { signInOptionsQuery } from '../api/queries';
import { Field } from '../parts/field';
import { Fold } from '../parts/fold';
import { ProblemNote } from '../parts/problem-note';
import { signInRoute } from '../router';
import { Credentials } from './credentials';
import type { Given } from './credentials';
import { Entrance } from './entrance';
import { sentenceOf } from './failures';
import { OtherWays } from './other-ways';
import { useToken } from './take-token';
import { useEntering } from './use-entering';

/** Lets a browser in: by an address that is good once, with mail and password, elsewhere, or by a key that is pasted. Nothing is kept here. */
export function SignInPage() {
  const { failed } = signInRoute.useSearch();
  const { data: options } = useQuery(signInOptionsQuery);
  const byToken = useEntering((authorization: string) =>
    answerOf(api.POST('/session', { headers: { authorization } })),
  );
  const byPassword = useEntering((body: Given) => answerOf(api.POST('/auth/sign-in', { body })));
  const { mutate } = byToken;
  useToken(useCallback((token) => mutate(`SignIn ${token}`), [mutate]));
  return (
    <Entrance title="Sign in to Showrunner">
      {failed === undefined ? null : (
        <p className="note bad" role="alert">
          {sentenceOf(failed)}
        </p>
      )}
      <Credentials
        label="Sign in"
        isPending={byPassword.isPending}
        error={byPassword.error}
        onSubmit={(given) => byPassword.mutate(given)}
      />
      <OtherWays />
      {options?.signUp === 'open' ? (
        <p className="small">
          New here? <Link to="/sign-up">Make an account</Link>
        </p>
      ) : null}
      <Fold title="With an API key" open>
        <ByKey isPending={byToken.isPending} error={byToken.error} onKey={(key) => mutate(`Bearer ${key}`)} />
      </Fold>
    </Entrance>
  );
}

function ByKey({
  isPending,
  error,
  onKey,
}: {
  isPending: boolean;
  error: unknown;
  onKey: (key: string) => void;
}) {
  const [key, setKey] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() !== '') onKey(key.trim());
        setKey('');
      }}
    >
      <p className="muted small">
        On the computer where it is installed, <code>showrunner studio</code> prints an address that signs you
        in. Or paste an API key.
      </p>
      <Field
        label="API key"
        type="password"
        isCode
        value={key}
        onChange={setKey}
        hint="It is exchanged for a cookie that pages cannot read, and is not kept in this browser."
      />
      <ProblemNote error={error} />
      <button type="submit" className="button" disabled={isPending}>
        {isPending ? 'Signing in …' : 'Sign in with the key'}
      </button>
    </form>
  );
}
