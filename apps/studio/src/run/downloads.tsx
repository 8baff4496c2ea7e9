import { useQuery } from '@tanstack/react-query';
import { artifactsQuery } from '../api/queries';
import { Fold } from '../parts/fold';
import { size } from '../parts/times';

const WORDS: Record<string, string> = {
  'video.mp4': 'The film',
  'captions.vtt': 'Captions',
  'plan.json': 'The plan',
  'actions.jsonl': 'Everything that was done',
  'clips.json': 'Clips and their times',
  'history.json': 'History, to film the same again',
};
const FOR_PEOPLE = new Set(['video.mp4', 'captions.vtt']);

/** The files of a run: those for everybody first, the others folded away. */
export function Downloads({ runId }: { runId: string }) {
  const { data } = useQuery(artifactsQuery(runId));
  const files = (data?.data ?? []).map((file) => ({ ...file, label: WORDS[file.name] ?? file.name }));
  const [first, rest] = [true, false].map((isFirst) =>
    files.filter(({ name }) => FOR_PEOPLE.has(name) === isFirst),
  );
  if (files.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="files">
      <h2 id="files">Download</h2>
      <Files files={first ?? []} />
      {rest === undefined || rest.length === 0 ? null : (
        <Fold title={`${rest.length} more files`}>
          <Files files={rest} />
        </Fold>
      )}
    </section>
  );
}

const Files = ({ files }: { files: { name: string; label: string; bytes: number; href: string }[] }) => (
  <ul className="downloads">
    {files.map(({ name, label, bytes, href }) => (
      <li key={name}>
        <a href={href} download={name}>
          {label}
        </a>
        <span className="muted small">{size(bytes)}</span>
      </li>
    ))}
  </ul>
);
