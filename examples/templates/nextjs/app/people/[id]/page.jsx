import Link from 'next/link';
import { notFound } from 'next/navigation';
import { people } from '../../people';

export default async function Page({ params }) {
  const { id } = await params;
  const person = people.find((one) => one.id === id);
  if (person === undefined) notFound();
  return (
    <article className="card">
      <h1>{person.name}</h1>
      <p className="row">
        {person.role} <span className="badge">{person.team}</span>
      </p>
      <p className="row">{person.about}</p>
      <Link href="/">All people</Link>
    </article>
  );
}
