import { useEffect, useRef, useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answerOf, api } from '../api/client';
import { Field } from '../parts/field';
import { PageHead } from '../parts/page-head';
import { ProblemNote } from '../parts/problem-note';
import { Brand } from '../shell/icons';
import './sign-in.css';

/** The token of the address, which is taken off it at once: neither history nor a copied address keeps it. */
function takeToken(): string | undefined {
  const token = location.hash.slice(1);
  if (token === '') return undefined;
  history.replaceState(history.state, '', location.pathname);
  return token;
}

/** Lets a browser in: by an address that is good once, or by a key that is pasted. Neither is kept here. */
export function SignInPage() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [key, setKey] = useState('');
  const begun = useRef(false);
  const signIn = useMutation({
    mutationFn: (authorization: string) => answerOf(api.POST('/session', { headers: { authorization } })),
    onSuccess: async () => {
      setKey('');
      queries.clear();
      await navigate({ to: '/' });
    },
  });
  const { mutate } = signIn;
  useEffect(() => {
    const token = begun.current ? undefined : takeToken();
    begun.current = true;
    if (token !== undefined) mutate(`SignIn ${token}`);
  }, [mutate]);
  return (
    <main className="sign-in">
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (key.trim() !== '') mutate(`Bearer ${key.trim()}`);
        }}
      >
        <span className="sign-in-brand">
          <Brand />
        </span>
        <PageHead title="Sign in to Showrunner">
          <p className="muted">
            Run <code>showrunner studio</code> on the computer where it is installed: it prints an address
            that signs you in. Or paste an API key.
          </p>
        </PageHead>
        <Field
          label="API key"
          type="password"
          isCode
          value={key}
          onChange={setKey}
          hint="It is exchanged for a cookie that pages cannot read, and is not kept in this browser."
        />
        {signIn.error === null ? null : <ProblemNote error={signIn.error} />}
        <button type="submit" className="button primary" disabled={signIn.isPending}>
          {signIn.isPending ? 'Signing in …' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}
