import { useState } from 'react';
import { COLUMNS } from './columns.js';

export function AddCard({ onAdd }) {
  const [title, setTitle] = useState('');
  const [column, setColumn] = useState('todo');
  const submit = (event) => {
    event.preventDefault();
    onAdd(title.trim(), column);
    setTitle('');
  };
  return (
    <form className="add" aria-label="Add a card" onSubmit={submit}>
      <label className="grow">
        <span>Card title</span>
        <input
          required
          pattern=".*\S.*"
          maxLength={80}
          placeholder="What needs to be done?"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
      </label>
      <label>
        <span>Column</span>
        <select value={column} onChange={(event) => setColumn(event.target.value)}>
          {COLUMNS.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="primary">
        Add card
      </button>
    </form>
  );
}
