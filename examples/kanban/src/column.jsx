import { COLUMNS } from './columns.js';

export function Column({ column, cards, onOpen, onMove }) {
  const headingId = `column-${column.id}`;
  return (
    <section className="column" data-column={column.id} aria-labelledby={headingId}>
      <h2 id={headingId}>
        {column.name} <span className="count">{cards.length}</span>
      </h2>
      <ul>
        {cards.map((card) => (
          <Card key={card.id} card={card} onOpen={() => onOpen(card)} onMove={(to) => onMove(card, to)} />
        ))}
      </ul>
      {cards.length === 0 && <p className="empty">No cards here</p>}
    </section>
  );
}

function Card({ card, onOpen, onMove }) {
  const place = COLUMNS.findIndex((one) => one.id === card.column);
  const next = COLUMNS[place + 1];
  const previous = COLUMNS[place - 1];
  return (
    <li className="card">
      <button type="button" className="title" onClick={onOpen}>
        {card.title}
      </button>
      <div className="facts">
        <span className="tag">{card.tag}</span>
        <span className="owner" title={card.owner}>
          {card.owner.slice(0, 1)}
        </span>
        <span className="moves">
          {previous && <Move card={card} to={previous} arrow="←" onMove={onMove} />}
          {next && <Move card={card} to={next} arrow="→" onMove={onMove} />}
        </span>
      </div>
    </li>
  );
}

function Move({ card, to, arrow, onMove }) {
  return (
    <button
      type="button"
      className="move"
      aria-label={`Move “${card.title}” to ${to.name}`}
      onClick={() => onMove(to.id)}
    >
      {arrow}
    </button>
  );
}
