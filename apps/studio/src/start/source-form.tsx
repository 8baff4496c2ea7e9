import { useState } from 'react';
import { Tabs } from 'radix-ui';
import { Field } from '../parts/field';
import { DropZone } from './drop-zone';
import type { GivenFiles } from './given-files';
import { PromptForm, TemplateGallery } from './made-source-form';
import type { GivenSource } from './source';

const KINDS = ['git', 'files', 'prompt', 'template'] as const;

/** Asks where the app is; calls `onSource` with what was given, or undefined while that is not whole. */
export function SourceForm({ onSource }: { onSource: (source: GivenSource | undefined) => void }) {
  const [kind, setKind] = useState<GivenSource['kind']>('git');
  const [git, setGit] = useState({ url: '', branch: '' });
  const [subdir, setSubdir] = useState('');
  const [given, setGiven] = useState<GivenFiles>();
  const tell = (now: { kind?: typeof kind; git?: typeof git; subdir?: string; given?: GivenFiles }): void => {
    const next = { kind, git, subdir, given, ...now };
    if (next.kind === 'git')
      onSource(next.git.url.trim() === '' ? undefined : { kind: 'git', ...next.git, subdir: next.subdir });
    else if (next.kind === 'files')
      onSource(next.given && { kind: 'files', given: next.given, subdir: next.subdir });
  };
  const changeGit = (changed: Partial<typeof git>): void => {
    const next = { ...git, ...changed };
    setGit(next);
    tell({ git: next });
  };
  const changeSubdir = (value: string): void => {
    setSubdir(value);
    tell({ subdir: value });
  };
  return (
    <Tabs.Root
      className="stack"
      value={kind}
      onValueChange={(value) => {
        const next = KINDS.find((one) => one === value) ?? 'git';
        setKind(next);
        if (next === 'template' || next === 'prompt') onSource(undefined);
        else tell({ kind: next });
      }}
    >
      <Tabs.List className="tabs" aria-label="Where the app is">
        <Tabs.Trigger value="git">Git address</Tabs.Trigger>
        <Tabs.Trigger value="files">Folder or archive</Tabs.Trigger>
        <Tabs.Trigger value="prompt">Prompt</Tabs.Trigger>
        <Tabs.Trigger value="template">Gallery</Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="git" className="stack" tabIndex={-1}>
        <Field
          label="Address of the repository"
          placeholder="https://github.com/you/your-app"
          value={git.url}
          onChange={(url) => changeGit({ url })}
        />
        <div className="pair">
          <Field
            label="Branch"
            placeholder="the usual one"
            value={git.branch}
            onChange={(branch) => changeGit({ branch })}
          />
          <Field
            label="Folder of the app"
            placeholder="the whole repository"
            value={subdir}
            onChange={changeSubdir}
          />
        </div>
      </Tabs.Content>
      <Tabs.Content value="files" className="stack" tabIndex={-1}>
        <DropZone
          given={given}
          onGiven={(files) => {
            setGiven(files);
            tell({ given: files });
          }}
        />
      </Tabs.Content>
      <Tabs.Content value="prompt" className="stack" tabIndex={-1}>
        <PromptForm onSource={onSource} />
      </Tabs.Content>
      <Tabs.Content value="template" className="stack" tabIndex={-1}>
        <TemplateGallery onSource={onSource} />
      </Tabs.Content>
    </Tabs.Root>
  );
}
