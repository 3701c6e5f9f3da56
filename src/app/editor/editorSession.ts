import { useEffect, useState } from 'react';
import type { Persistence } from '../../client.ts';
import { usePersisted, usePersistence } from '../../react/index.ts';
import { editorDraft } from '../stores/editorDraft.ts';
import { followText } from './followText.ts';
import { claimDraft, claimNewDraft } from './tabClaim.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** What the editor page works on: outlives the page, and a reload by way of its draft. */
export interface EditorSession {
  readonly workspace: Workspace;
  /** Whether the text was changed since it was opened, pasted or loaded. */
  isEdited(): boolean;
  /** Replaces the text as one step that can be undone. */
  load(text: string): void;
  /** Writes what is open now. */
  save(): Promise<boolean>;
}

const sessions = new WeakMap<Persistence, Promise<EditorSession>>();

/** The session of this page; `null` until the drafts have been read. */
export function useEditorSession(): EditorSession | null {
  const persistence = usePersistence();
  const drafts = usePersisted(editorDraft);
  const [session, setSession] = useState<EditorSession | null>(null);
  const isReady = drafts.kind === 'ready';
  useEffect(() => {
    if (!isReady) return;
    let isCurrent = true;
    void sessionOf(persistence).then((opened) => isCurrent && setSession(opened));
    return () => {
      isCurrent = false;
    };
  }, [persistence, isReady]);
  return session;
}

function sessionOf(persistence: Persistence): Promise<EditorSession> {
  const known = sessions.get(persistence);
  if (known) return known;
  const opened = openSession(persistence);
  sessions.set(persistence, opened);
  return opened;
}

async function openSession(persistence: Persistence): Promise<EditorSession> {
  const view = persistence.records(editorDraft).getSnapshot();
  const drafts = view.kind === 'ready' ? [...view.records].reverse() : [];
  let id = await claimDraft(drafts.map((draft) => draft.id));
  const draft = drafts.find((candidate) => candidate.id === id);
  let isEdited = draft?.data.isEdited ?? false;
  const workspace = createWorkspace(draft?.data.text ?? '');
  let handedOn = workspace.document.getSnapshot().text;
  workspace.document.follow(({ changes, origin }) => {
    if (changes.length > 0) isEdited = origin !== 'load';
  });

  const { flush } = followText(workspace.document, (text) => {
    if (persistence.load.getSnapshot().kind !== 'ready') return;
    handedOn = text;
    if (id === undefined) {
      id = persistence.create(editorDraft, () => ({ text, isEdited }));
      claimNewDraft(id);
      followDraft(id);
    }
    persistence.edit(editorDraft, id, { ...dataOf(persistence, id), text, isEdited });
  });

  // The draft changes by another hand when edits of a page that died are taken up again, and by an undo in Activity.
  function followDraft(draftId: string): void {
    const view = persistence.document(editorDraft, draftId);
    view.subscribe(() => {
      const found = view.getSnapshot();
      if (found.kind !== 'open' || found.data.text === handedOn) return;
      handedOn = found.data.text;
      workspace.document.replace(handedOn, 'elsewhere');
      isEdited = found.data.isEdited;
    });
  }
  if (id !== undefined) followDraft(id);

  return {
    workspace,
    isEdited: () => isEdited,
    load: (text) => workspace.document.replace(text, 'load'),
    async save() {
      flush();
      return (await persistence.flush()) === 'saved';
    },
  };
}

/** What is in the draft already, members of newer versions included (B28). */
function dataOf(persistence: Persistence, id: string): object {
  const view = persistence.document(editorDraft, id).getSnapshot();
  return view.kind === 'open' ? view.data : {};
}
