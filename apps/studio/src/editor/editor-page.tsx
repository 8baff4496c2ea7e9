import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { PageHead } from '../parts/page-head';
import { ProblemNote } from '../parts/problem-note';
import { editorRoute } from '../router';
import { CaptionList } from './caption-list';
import { ConflictNote } from './conflict-note';
import { commandOf } from './editor-keys';
import type { EditorCommand } from './editor-keys';
import { ExportFilm } from './export-film';
import { onFrame, shownItems } from './film-items';
import { FramePreview } from './frame-preview';
import { ItemList } from './item-list';
import { LookFields } from './look-fields';
import { useTimeline } from './use-timeline';
import './editor.css';

const FRAME_MS = 1000 / 30;

/** Edits the film of a run: what is shown, in which order, how fast, with which words and looks. */
export function EditorPage() {
  const { runId } = editorRoute.useParams();
  const { resource, error, isBusy, waiting, late, edit, step, doWaiting, dropWaiting } = useTimeline(runId);
  const [wantedMs, setAt] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const durationMs = resource?.durationMs ?? 0;
  // An edit may have made the film shorter.
  const atMs = Math.min(wantedMs, Math.max(0, durationMs - FRAME_MS));
  const obey = useCallback(
    (command: EditorCommand): void => {
      if (command.do === 'undo' || command.do === 'redo') step(command.do);
      if (command.do === 'play') setPlaying((is) => !is);
      if (command.do === 'begin') setAt(0);
      if (command.do === 'end') setAt(durationMs);
      if (command.do === 'step')
        setAt((ms) => Math.max(0, onFrame(Math.min(ms, durationMs) + command.by * FRAME_MS)));
    },
    [durationMs, step],
  );
  useKeys(obey);
  if (resource === undefined)
    return error === null ? <div className="skeleton" /> : <ProblemNote error={error} />;
  const { timeline, version, canUndo, canRedo } = resource;
  return (
    <>
      <PageHead title={`Edit ${timeline.title}`}>
        <div className="row">
          <Link className="button small" to="/runs/$runId" params={{ runId }}>
            Back to the film
          </Link>
          <button
            type="button"
            className="button small"
            disabled={!canUndo || isBusy}
            onClick={() => step('undo')}
          >
            Undo
          </button>
          <button
            type="button"
            className="button small"
            disabled={!canRedo || isBusy}
            onClick={() => step('redo')}
          >
            Redo
          </button>
          <span className="muted small keys-hint">
            Space plays · arrows step, with Shift by a second · Ctrl+Z undoes
          </span>
        </div>
      </PageHead>
      <div className="editor">
        <div className="stack editor-main">
          <ConflictNote waiting={waiting} late={late} onDo={doWaiting} onDrop={dropWaiting} />
          <ProblemNote error={error} />
          <FramePreview
            {...{ runId, version, durationMs, atMs, isPlaying }}
            onSeek={setAt}
            onPlay={setPlaying}
          />
          <section className="card stack" aria-labelledby="items">
            <h2 id="items">What is shown</h2>
            <ItemList items={shownItems(timeline)} atMs={atMs} onSeek={setAt} onEdit={edit} />
          </section>
          <section className="card stack" aria-labelledby="captions">
            <h2 id="captions">Captions</h2>
            <CaptionList
              captions={timeline.captions}
              isSpoken={timeline.voice !== null}
              onSeek={setAt}
              onEdit={edit}
            />
          </section>
        </div>
        <div className="stack editor-side">
          <LookFields timeline={timeline} onEdit={edit} />
          <ExportFilm runId={runId} version={version} />
        </div>
      </div>
    </>
  );
}

function useKeys(obey: (command: EditorCommand) => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const command = commandOf(event, target as { tagName: string; type?: string } | null);
      if (command === null) return;
      event.preventDefault();
      obey(command);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [obey]);
}
