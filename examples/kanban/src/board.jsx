import { useState } from 'react';
import { AddCard } from './add-card.jsx';
import { CardDialog } from './card-dialog.jsx';
import { Column } from './column.jsx';
import { COLUMNS, columnName } from './columns.js';

export function Board({ cards, add, change, remove }) {
  const [query, setQuery] = useState('');
  const [openId, setOpenId] = useState(null);
  const words = query.trim().toLowerCase();
  const shown = cards.filter((card) =>
    `${card.title} ${card.owner} ${card.tag}`.toLowerCase().includes(words),
  );
  const open = cards.find((card) => card.id === openId);
  const move = (card, column) => change(card, { column }, `“${card.title}” moved to ${columnName(column)}.`);

  return (
    <>
      <div className="heading">
        <div>
          <h1>Spring launch</h1>
          <p>
            {words ? `${shown.length} of ${cards.length} cards match` : `${cards.length} cards on the board`}
          </p>
        </div>
        <input
          type="search"
          aria-label="Search cards"
          placeholder="Search cards"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      <AddCard onAdd={add} />
      <div className="columns">
        {COLUMNS.map((column) => (
          <Column
            key={column.id}
            column={column}
            cards={shown.filter((card) => card.column === column.id)}
            onOpen={(card) => setOpenId(card.id)}
            onMove={move}
          />
        ))}
      </div>
      {open && (
        <CardDialog
          card={open}
          onClose={() => setOpenId(null)}
          onMove={move}
          onSave={(details) => change(open, { details }, 'The details were saved.')}
          onRemove={() => remove(open)}
        />
      )}
    </>
  );
}
