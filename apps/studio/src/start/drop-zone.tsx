import { useId, useState } from 'react';
import { ofChosen, ofDropped } from './given-files';
import type { GivenFiles } from './given-files';

/** Takes a folder or an archive, dropped or chosen. */
export function DropZone({
  given,
  onGiven,
}: {
  given: GivenFiles | undefined;
  onGiven: (given: GivenFiles) => void;
}) {
  const [isOver, setOver] = useState(false);
  const [refused, setRefused] = useState(false);
  const [folder, archive] = [useId(), useId()];
  const take = (files: GivenFiles | undefined): void => {
    setRefused(files === undefined);
    if (files !== undefined) onGiven(files);
  };
  return (
    <div
      className={`drop-zone ${isOver ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void ofDropped(event.dataTransfer.items).then(take);
      }}
    >
      <p>
        {given === undefined ? (
          <>
            <strong>Drop a folder or an archive here</strong>
            <br />
            <span className="muted small">
              zip, tar or tar.gz, at most 100 MB; node_modules and .env stay with you
            </span>
          </>
        ) : (
          <>
            <strong>{given.name}</strong>
            <br />
            <span className="muted small">
              {given.kind === 'folder' ? `${given.files.length} files` : 'an archive'}
            </span>
          </>
        )}
      </p>
      <div className="row">
        <span className="chooser">
          <input
            id={folder}
            className="visually-hidden"
            type="file"
            multiple
            ref={(input) => input?.setAttribute('webkitdirectory', '')}
            onChange={({ target }) => take(ofChosen([...(target.files ?? [])]))}
          />
          <label className="button small" htmlFor={folder}>
            Choose a folder
          </label>
        </span>
        <span className="chooser">
          <input
            id={archive}
            className="visually-hidden"
            type="file"
            accept=".zip,.tar,.tgz,.gz"
            onChange={({ target }) => take(ofChosen([...(target.files ?? [])]))}
          />
          <label className="button small" htmlFor={archive}>
            Choose an archive
          </label>
        </span>
      </div>
      {refused ? (
        <p role="alert" className="small">
          That is neither a folder with files nor a zip, tar or tar.gz.
        </p>
      ) : null}
    </div>
  );
}
