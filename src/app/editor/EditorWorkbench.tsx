import { type DragEvent, useRef, useState } from 'react';
import { useLoad } from '../../react/index.ts';
import { useShortcut } from '../shell/useShortcut.ts';
import { announceSaved } from '../status/announceSaved.ts';
import { say } from '../words/say.ts';
import { loadFile } from './commands/loadText.ts';
import { EditorToolbar } from './EditorToolbar.tsx';
import type { EditorSession } from './editorSession.ts';
import { MessageEditor, revealPlace } from './MessageEditor.tsx';
import { useTree } from './tree/useTree.ts';
import { useDictionary } from './useDictionary.ts';
import { placeOf } from './validation/marks.ts';
import { useValidation } from './validation/useValidation.ts';
import { useModel } from './workspace.ts';

/** The editor with its tools. Files can be dropped anywhere on it. */
export function EditorWorkbench({ session }: { session: EditorSession }) {
  const { workspace } = session;
  const { parsed } = useModel(workspace);
  const dictionary = useDictionary(parsed);
  const tree = useTree(workspace, dictionary);
  const validation = useValidation(parsed, dictionary);
  const search = useRef<HTMLInputElement>(null);
  const [isDropping, setDropping] = useState(false);
  const isReadOnly = useLoad().kind === 'readOnly';

  useShortcut('mod+f', () => search.current?.focus());
  useShortcut('/', () => search.current?.focus());
  useShortcut('mod+s', async () => announceSaved(await session.save()));

  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    const file = event.dataTransfer.files[0];
    if (file) void loadFile(session, file);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; "Open file" does the same
    <div
      className="relative flex min-h-88 flex-1 flex-col"
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => event.currentTarget === event.target && setDropping(false)}
      onDropCapture={(event) => event.dataTransfer.types.includes('Files') && onDrop(event)}
    >
      <EditorToolbar
        session={session}
        validation={validation}
        searchRef={search}
        onGo={(hit) => revealPlace(workspace, tree, hit.position)}
        onIssue={(issue) => {
          const place = placeOf(issue);
          if (place) revealPlace(workspace, tree, place);
        }}
      />
      <MessageEditor
        workspace={workspace}
        tree={tree}
        dictionary={dictionary}
        validation={validation}
        isReadOnly={isReadOnly}
        label={say('raw.label')}
      />
      {isDropping && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-2 z-20 flex items-center justify-center rounded-xl border-2 border-dashed border-primary bg-accent/80 text-base font-medium text-accent-foreground"
        >
          {say('open.drop')}
        </div>
      )}
    </div>
  );
}
