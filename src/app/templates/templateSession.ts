import type { Persistence } from '../../client.ts';
import { followText } from '../editor/followText.ts';
import { createWorkspace, type Workspace } from '../editor/workspace.ts';
import { type Template, templates } from '../stores/templates.ts';
import { withContent } from './templateContent.ts';

/** A template under edit: its text with undo history, outliving the page it is on. */
export interface TemplateSession {
  readonly workspace: Workspace;
  /** As it was when it was opened, for going back to. */
  readonly opened: Template;
  /** Hands on what waits to be written. */
  flush(): void;
  /** Takes the text over when it was changed elsewhere: another tab, an undo in Activity. */
  takeContent(content: string): void;
}

const sessionsByClient = new WeakMap<Persistence, Map<string, TemplateSession>>();

/** The session of a template; made when first asked for. */
export function templateSession(persistence: Persistence, id: string, data: Template): TemplateSession {
  const sessions = sessionsByClient.get(persistence) ?? new Map<string, TemplateSession>();
  sessionsByClient.set(persistence, sessions);
  const known = sessions.get(id);
  if (known) return known;
  const session = openSession(persistence, id, data);
  sessions.set(id, session);
  return session;
}

/** Forgets a session, its history with it: the template was deleted, discarded or left. */
export function forgetTemplateSession(persistence: Persistence, id: string): void {
  sessionsByClient.get(persistence)?.delete(id);
}

/** What the page shows of a template now; `undefined` when it cannot be edited. */
export function openTemplate(persistence: Persistence, id: string): Template | undefined {
  const view = persistence.document(templates, id).getSnapshot();
  return view.kind === 'open' && !view.readOnly ? view.data : undefined;
}

function openSession(persistence: Persistence, id: string, opened: Template): TemplateSession {
  const workspace = createWorkspace(opened.content);
  let handedOn = opened.content;
  const { flush } = followText(workspace.document, (text) => {
    const now = openTemplate(persistence, id);
    // An emptied template would be one without content: the last content stands until there is another.
    const mayWrite = now && text !== now.content && (text.trim() !== '' || isDraft(persistence, id));
    if (!mayWrite) return;
    handedOn = text;
    persistence.edit(templates, id, { ...withContent(now, text), updatedAt: Date.now() });
  });
  return {
    workspace,
    opened,
    flush,
    takeContent(content) {
      if (content === handedOn) return;
      handedOn = content;
      workspace.document.replace(content, 'elsewhere');
    },
  };
}

function isDraft(persistence: Persistence, id: string): boolean {
  const view = persistence.document(templates, id).getSnapshot();
  return view.kind === 'open' && view.isDraft;
}
