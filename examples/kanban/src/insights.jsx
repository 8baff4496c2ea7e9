import { COLUMNS } from './columns.js';

export function Insights({ cards }) {
  const share = (count) => (cards.length === 0 ? 0 : Math.round((100 * count) / cards.length));
  const done = cards.filter((card) => card.column === 'done').length;
  const owners = [...new Set(cards.map((card) => card.owner))].sort();
  return (
    <>
      <div className="heading">
        <div>
          <h1>Insights</h1>
          <p>{share(done)} % of the launch is done</p>
        </div>
      </div>
      <div className="figures">
        <Figure name="All cards" value={cards.length} />
        {COLUMNS.map((column) => (
          <Figure
            key={column.id}
            name={column.name}
            value={cards.filter((card) => card.column === column.id).length}
          />
        ))}
      </div>
      <section className="panel" aria-labelledby="workload">
        <h2 id="workload">Who has what</h2>
        <ul className="bars">
          {owners.map((owner) => {
            const count = cards.filter((card) => card.owner === owner).length;
            return (
              <li key={owner}>
                <span>{owner}</span>
                <span className="bar" style={{ '--share': `${share(count)}%` }} />
                <span>{count === 1 ? '1 card' : `${count} cards`}</span>
              </li>
            );
          })}
        </ul>
      </section>
    </>
  );
}

function Figure({ name, value }) {
  return (
    <section className="panel figure" aria-label={name}>
      <strong>{value}</strong>
      <span>{name}</span>
    </section>
  );
}
