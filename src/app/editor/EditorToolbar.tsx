import { BookmarkPlus, ClipboardPaste, Eraser, FolderOpen, LibraryBig, Redo2, Undo2 } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import type { Hit, Issue } from '../../hl7/index.ts';
import { usePersistence } from '../../react/index.ts';
import { templatePath } from '../routes.ts';
import { createTemplate } from '../templates/createTemplate.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { later } from '../ui/later.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { notifyFailure } from '../ui/toasts.ts';
import { say } from '../words/say.ts';
import { CopyButton } from './CopyButton.tsx';
import { loadFile, loadText } from './commands/loadText.ts';
import type { EditorSession } from './editorSession.ts';
import { pasteText } from './pasteText.ts';
import { MessageSearch } from './search/MessageSearch.tsx';
import { IssueBadge } from './validation/IssueBadge.tsx';
import type { Validation } from './validation/useValidation.ts';
import { useDocumentSnapshot } from './workspace.ts';

const ExampleItems = later(() => import('./ExampleItems.tsx'));

interface EditorToolbarProps {
  session: EditorSession;
  validation: Validation;
  searchRef: RefObject<HTMLInputElement | null>;
  onGo: (hit: Hit) => void;
  onIssue: (issue: Issue) => void;
}

/** Everything that brings text in, takes it out, or finds something in it. */
export function EditorToolbar({ session, validation, searchRef, onGo, onIssue }: EditorToolbarProps) {
  const { document } = session.workspace;
  const { canUndo, canRedo, text } = useDocumentSnapshot(session.workspace);
  const isEmpty = text === '';
  return (
    <div
      role="toolbar"
      aria-label={say('editor.tools')}
      className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-1 gap-y-2 border-b border-border bg-background px-2 py-2 sm:px-3"
    >
      <InMenu session={session} />
      <IconButton
        label={say('editor.undo')}
        icon={<Undo2 aria-hidden="true" />}
        disabled={!canUndo}
        onClick={() => document.undo()}
      />
      <IconButton
        label={say('editor.redo')}
        icon={<Redo2 aria-hidden="true" />}
        disabled={!canRedo}
        onClick={() => document.redo()}
      />
      <MessageSearch workspace={session.workspace} onGo={onGo} inputRef={searchRef} />
      <span className="hidden flex-1 md:block" />
      <IssueBadge validation={validation} onChoose={onIssue} />
      <SaveAsTemplate text={text} isEmpty={isEmpty} />
      <CopyButton session={session} isEmpty={isEmpty} />
    </div>
  );
}

function SaveAsTemplate({ text, isEmpty }: { text: string; isEmpty: boolean }) {
  const persistence = usePersistence();
  const [, navigate] = useLocation();
  const isReady = persistence.load.getSnapshot().kind === 'ready';
  return (
    <Button
      disabled={isEmpty || !isReady}
      aria-label={say('editor.saveAsTemplate')}
      onClick={() => navigate(templatePath(createTemplate(persistence, { content: text })))}
    >
      <BookmarkPlus aria-hidden="true" />
      <span className="max-xl:hidden">{say('editor.saveAsTemplate')}</span>
    </Button>
  );
}

function InMenu({ session }: { session: EditorSession }) {
  const picker = useRef<HTMLInputElement>(null);
  const { document } = session.workspace;
  useEffect(ExampleItems.fetchEarly, []);
  const paste = async (): Promise<void> => {
    try {
      pasteText(document, await navigator.clipboard.readText());
    } catch {
      notifyFailure(say('paste.refused'), 'paste');
    }
  };
  return (
    <>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={say('editor.openFile')}
        accept=".hl7,.txt,.dat,.msg,text/plain"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void loadFile(session, file);
        }}
      />
      <Button aria-label={say('editor.openFile')} onClick={() => picker.current?.click()}>
        <FolderOpen aria-hidden="true" />
        <span className="max-xl:hidden">{say('editor.openFile')}</span>
      </Button>
      <Menu
        trigger={
          <Button look="quiet" aria-label={say('editor.load')}>
            <LibraryBig aria-hidden="true" />
            <span className="max-xl:hidden">{say('editor.load')}</span>
          </Button>
        }
      >
        <MenuItem icon={<ClipboardPaste />} onSelect={paste}>
          {say('editor.paste')}
        </MenuItem>
        <MenuSeparator />
        <ExampleItems session={session} />
        <MenuSeparator />
        <MenuItem icon={<Eraser />} onSelect={() => loadText(session, '', () => say('editor.cleared'))}>
          {say('editor.clear')}
        </MenuItem>
      </Menu>
    </>
  );
}
