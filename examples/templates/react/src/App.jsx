import { useState } from 'react';
import { NewEntry } from './NewEntry';

const MONTH = [
  { id: 1, what: 'Salary', kind: 'Income', amount: 3200 },
  { id: 2, what: 'Rent', kind: 'Home', amount: -1150 },
  { id: 3, what: 'Groceries', kind: 'Food', amount: -420 },
  { id: 4, what: 'Train pass', kind: 'Travel', amount: -95 },
  { id: 5, what: 'Electricity', kind: 'Home', amount: -80 },
];
const KINDS = ['All', 'Income', 'Home', 'Food', 'Travel'];
const money = (amount) => amount.toLocaleString('en', { style: 'currency', currency: 'EUR' });
const sum = (entries) => entries.reduce((total, { amount }) => total + amount, 0);

export function App() {
  const [entries, setEntries] = useState(MONTH);
  const [kind, setKind] = useState('All');
  const income = sum(entries.filter(({ amount }) => amount > 0));
  const costs = sum(entries.filter(({ amount }) => amount < 0));
  return (
    <main>
      <header>
        <h1>Budget of the month</h1>
        <p className="muted">{entries.length} entries</p>
      </header>
      <section className="totals" aria-label="Totals">
        <p className="card">
          Income <strong>{money(income)}</strong>
        </p>
        <p className="card">
          Costs <strong>{money(-costs)}</strong>
        </p>
        <p className="card" role="status">
          Left <strong>{money(income + costs)}</strong>
        </p>
      </section>
      <NewEntry
        kinds={KINDS.slice(1)}
        onAdd={(entry) => setEntries([{ ...entry, id: entries.length + 1 }, ...entries])}
      />
      <div className="row" role="group" aria-label="Kind">
        {KINDS.map((one) => (
          <button key={one} type="button" aria-pressed={one === kind} onClick={() => setKind(one)}>
            {one}
          </button>
        ))}
      </div>
      <section className="card" aria-label="Entries">
        {entries
          .filter((entry) => kind === 'All' || entry.kind === kind)
          .map((entry) => (
            <div className="entry" key={entry.id}>
              <span>{entry.what}</span>
              <span className="badge">{entry.kind}</span>
              <span>{money(entry.amount)}</span>
            </div>
          ))}
      </section>
    </main>
  );
}
