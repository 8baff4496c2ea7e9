import { Link } from '@tanstack/react-router';

export const NothingHere = () => (
  <main className="main stack">
    <h1>There is nothing here</h1>
    <p>
      Perhaps the address was copied without its end. <Link to="/">Make a film</Link> or see{' '}
      <Link to="/runs">those there are</Link>.
    </p>
  </main>
);
