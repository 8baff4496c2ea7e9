import type { Schemas } from '../api/client';
import { Fold } from '../parts/fold';
import type { RunLive } from './run-events';

type Plan = Schemas['PlanResource']['body'];
type Action = Schemas['ActionRecord'];
type State = RunLive['features'][string]['state'] | 'waiting';

const WORDS: Record<State, string> = {
  waiting: 'To come',
  filming: 'Filming now',
  verified: 'Proven',
  dropped: 'Left out',
};

/** The plan, and what became of each feature: what was done, and what it is held for. */
export function FeatureList({
  plan,
  outcomes,
  live,
  actions,
}: {
  plan: Plan;
  outcomes: Schemas['RunReport']['features'];
  live: RunLive;
  actions: readonly Action[];
}) {
  const stateOf = (id: string): { state: State; reason?: string } => {
    const outcome = outcomes.find(({ feature }) => feature === id);
    if (outcome !== undefined)
      return { state: outcome.verified ? 'verified' : 'dropped', reason: outcome.reason };
    return live.features[id] ?? { state: 'waiting' };
  };
  return (
    <section className="card stack" aria-labelledby="features">
      <h2 id="features">What the film shows</h2>
      <ul className="features">
        {plan.features.map((feature) => {
          const { state, reason } = stateOf(feature.id);
          return (
            <li key={feature.id} className={state}>
              <Fold
                title={
                  <>
                    <span className="feature-title">{feature.title}</span>
                    <span
                      className={`badge ${state === 'verified' ? 'ok' : state === 'filming' ? 'busy' : state === 'dropped' ? 'bad' : ''}`}
                    >
                      {WORDS[state]}
                    </span>
                  </>
                }
              >
                {feature.description === '' ? null : <p className="muted small">{feature.description}</p>}
                {reason === undefined || reason === '' ? null : <p className="small">{reason}</p>}
                <ol className="steps">
                  {feature.steps.map((step, index) => (
                    <Step
                      key={`${index} ${step.caption}`}
                      caption={step.caption}
                      action={actions
                        .filter((one) => one.feature === feature.id && one.step === index)
                        .at(-1)}
                    />
                  ))}
                </ol>
              </Fold>
            </li>
          );
        })}
      </ul>
      {plan.rejected.length === 0 ? null : (
        <Fold
          title={
            plan.rejected.length === 1
              ? '1 idea that was left out'
              : `${plan.rejected.length} ideas that were left out`
          }
        >
          <ul className="stack tight small">
            {plan.rejected.map(({ title, reason }) => (
              <li key={`${title} ${reason}`}>
                <strong>{title}</strong> <span className="muted">{reason}</span>
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </section>
  );
}

/** One step; when it was done, what proves it. */
function Step({ caption, action }: { caption: string; action: Action | undefined }) {
  // What speaks for or against it; how things merely stood is of no use here.
  const seen = (action?.evidence ?? []).filter(({ bearing }) => bearing !== 'neutral');
  return (
    <li className={action === undefined ? '' : action.verified ? 'verified' : 'dropped'}>
      <span>{caption}</span>
      {action?.error === undefined ? null : <span className="muted small">{action.error}</span>}
      {seen.map(({ saw, afterMs }) => (
        <span key={`${saw} ${afterMs}`} className="muted small">
          {saw}
        </span>
      ))}
    </li>
  );
}
