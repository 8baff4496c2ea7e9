import { useEffect, useRef, useState } from 'react';
import { COLUMNS } from './columns.js';

export function CardDialog({ card, onClose, onMove, onSave, onRemove }) {
  const dialog = useRef(null);
  const [details, setDetails] = useState(card.details);
  useEffect(() => {
    if (!dialog.current.open) dialog.current.showModal();
  }, []);

  return (
    <dialog ref={dialog} aria-labelledby="card-title" onClose={onClose}>
      <header>
        <h2 id="card-title">{card.title}</h2>
        <button type="button" className="quiet" aria-label="Close" onClick={() => dialog.current.close()}>
          ✕
        </button>
      </header>
      <dl>
        <div>
          <dt>Owner</dt>
          <dd>{card.owner}</dd>
        </div>
        <div>
          <dt>Tag</dt>
          <dd>{card.tag}</dd>
        </div>
        <label>
          <span>Column</span>
          <select value={card.column} onChange={(event) => onMove(card, event.target.value)}>
            {COLUMNS.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      </dl>
      <label>
        <span>Details</span>
        <textarea rows={4} value={details} onChange={(event) => setDetails(event.target.value)} />
      </label>
      <footer>
        <button type="button" className="danger" onClick={onRemove}>
          Delete card
        </button>
        <button
          type="button"
          className="primary"
          onClick={() => onSave(details)}
          disabled={details === card.details}
        >
          Save details
        </button>
      </footer>
    </dialog>
  );
}
