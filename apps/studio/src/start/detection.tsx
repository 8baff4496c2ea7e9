import type { Schemas } from '../api/client';

type Spec = NonNullable<Schemas['Build']['plan']>;

/** What was found in a source, and why: before anything of it runs. */
export const Detection = ({ spec }: { spec: Spec }) => (
  <section className="stack" aria-labelledby="found">
    <h2 id="found">What was found</h2>
    <dl className="facts">
      <Fact name="App" value={`${nameOf(spec)}${spec.dir === '' ? '' : ` in ${spec.dir}`}`} />
      {spec.container === null ? null : <Fact name="Built from" value={spec.container.dockerfile} isCode />}
      <Fact name="Install" value={spec.install ?? 'nothing'} isCode={spec.install !== null} />
      {spec.setup.map((command) => (
        <Fact key={command} name="Set up" value={command} isCode />
      ))}
      <Fact name="Start" value={spec.start} isCode />
      <Fact name="Port" value={spec.port === null ? 'the one it opens' : String(spec.port)} />
    </dl>
    {spec.reasons.length === 0 ? null : (
      <ul className="reasons" aria-label="Why">
        {spec.reasons.map(({ what, because }) => (
          <li key={`${what} ${because}`} className={what === 'unmet' ? 'unmet' : undefined}>
            {because}
          </li>
        ))}
      </ul>
    )}
  </section>
);

const nameOf = ({ framework, frameworkVersion }: Spec): string =>
  frameworkVersion === null ? framework : `${framework} ${frameworkVersion}`;

const Fact = ({ name, value, isCode = false }: { name: string; value: string; isCode?: boolean }) => (
  <div>
    <dt>{name}</dt>
    <dd>{isCode ? <code>{value}</code> : value}</dd>
  </div>
);
