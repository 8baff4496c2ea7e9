import { Link } from '@tanstack/react-router';
import { answerOf, api } from '../api/client';
import { Credentials } from './credentials';
import type { Given } from './credentials';
import { Entrance } from './entrance';
import { OtherWays } from './other-ways';
import { useEntering } from './use-entering';

/** Makes an account. Who was a guest in this browser keeps what he made. */
export function SignUpPage() {
  const signUp = useEntering((body: Given) => answerOf(api.POST('/auth/sign-up', { body })));
  return (
    <Entrance title="Make an account" about={<p className="muted">What you made as a guest stays yours.</p>}>
      <Credentials
        label="Make the account"
        isNew
        isPending={signUp.isPending}
        error={signUp.error}
        onSubmit={(given) => signUp.mutate(given)}
      />
      <OtherWays />
      <p className="small">
        Have one? <Link to="/sign-in">Sign in</Link>
      </p>
    </Entrance>
  );
}
