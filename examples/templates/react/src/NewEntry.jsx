export function NewEntry({ kinds, onAdd }) {
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        const { what, kind, amount } = Object.fromEntries(new FormData(event.target));
        const size = Math.abs(Number(amount));
        onAdd({ what, kind, amount: kind === 'Income' ? size : -size });
        event.target.reset();
      }}
    >
      <label>
        What <input name="what" placeholder="Cinema" required />
      </label>
      <label>
        Kind
        <select name="kind" defaultValue="Food">
          {kinds.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </label>
      <label>
        Amount <input name="amount" type="number" min="1" placeholder="25" required />
      </label>
      <button className="primary">Add entry</button>
    </form>
  );
}
