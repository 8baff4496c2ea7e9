'use client';

import Link from 'next/link';
import { useState } from 'react';
import { people } from './people';

const TEAMS = ['All teams', 'Design', 'Engineering', 'Support'];

export default function Page() {
  const [team, setTeam] = useState('All teams');
  const [words, setWords] = useState('');
  const shown = people.filter(
    (person) =>
      (team === 'All teams' || person.team === team) &&
      `${person.name} ${person.role}`.toLowerCase().includes(words.trim().toLowerCase()),
  );
  return (
    <>
      <header>
        <div>
          <h1>Team directory</h1>
          <p className="muted" role="status">
            {shown.length} people
          </p>
        </div>
      </header>
      <div className="row">
        <label>
          Search people
          <input
            type="search"
            value={words}
            placeholder="engineer"
            onChange={(event) => setWords(event.target.value)}
          />
        </label>
      </div>
      <div className="row" role="group" aria-label="Team">
        {TEAMS.map((one) => (
          <button key={one} type="button" aria-pressed={one === team} onClick={() => setTeam(one)}>
            {one}
          </button>
        ))}
      </div>
      <ul className="grid" aria-label="People">
        {shown.map((person) => (
          <li className="card" key={person.id}>
            <h2>
              <Link href={`/people/${person.id}`}>{person.name}</Link>
            </h2>
            <p className="row">
              {person.role} <span className="badge">{person.team}</span>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
