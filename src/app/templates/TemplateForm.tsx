import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { usePersistence } from '../../react/index.ts';
import { MessageEditor, revealPlace } from '../editor/MessageEditor.tsx';
import { useTree } from '../editor/tree/useTree.ts';
import { useDictionary } from '../editor/useDictionary.ts';
import { IssueBadge } from '../editor/validation/IssueBadge.tsx';
import { placeOf } from '../editor/validation/marks.ts';
import { useValidation } from '../editor/validation/useValidation.ts';
import { useDocumentSnapshot, useModel } from '../editor/workspace.ts';
import { useShortcut } from '../shell/useShortcut.ts';
import { announceSaved } from '../status/announceSaved.ts';
import { type Template, templates } from '../stores/templates.ts';
import { FieldError } from '../ui/Field.tsx';
import { notify, notifyFailure } from '../ui/toasts.ts';
import { say } from '../words/say.ts';
import { discardDraft } from './discardDraft.ts';
import { InsertPlaceholder } from './InsertPlaceholder.tsx';
import { TemplateFields } from './TemplateFields.tsx';
import { TemplateHeader } from './TemplateHeader.tsx';
import { missingParts } from './templateContent.ts';
import { forgetTemplateSession, templateSession } from './templateSession.ts';

interface TemplateFormProps {
  id: string;
  data: Template;
  isDraft: boolean;
  isReadOnly: boolean;
}

/**
 * Everything about one template. An existing one saves by itself; a new one is kept as a draft until it is saved.
 * What is missing is said next to its field, once saving was tried or the field was left.
 */
export function TemplateForm({ id, data, isDraft, isReadOnly }: TemplateFormProps) {
  const persistence = usePersistence();
  const [, navigate] = useLocation();
  const session = templateSession(persistence, id, data);
  const { workspace } = session;
  const { parsed } = useModel(workspace);
  const { text } = useDocumentSnapshot(workspace);
  const dictionary = useDictionary(parsed);
  const tree = useTree(workspace, dictionary);
  const validation = useValidation(parsed, dictionary);
  const [name, setName] = useState(data.name);
  const [wasTried, setTried] = useState(false);
  const isLeaving = useRef(false);

  useEffect(() => session.takeContent(data.content), [session, data.content]);
  // The name field may be empty for a moment, while the stored name is the last one it had.
  useEffect(() => setName((shown) => (shown.trim() === '' ? shown : data.name)), [data.name]);
  useEffect(() => {
    return () => {
      session.flush();
      if (!isLeaving.current) void leave(persistence, id);
    };
  }, [session, persistence, id]);

  const missing = missingParts({ name, content: text });
  const isShown = wasTried || !isDraft;

  const edit = (change: Partial<Template>): void => {
    persistence.edit(templates, id, { ...data, ...change, updatedAt: Date.now() });
  };
  const rename = (next: string): void => {
    setName(next);
    if (next.trim() !== '' || isDraft) edit({ name: next });
  };

  const save = async (): Promise<void> => {
    setTried(true);
    session.flush();
    if (missing.size > 0) {
      document.getElementById(missing.has('name') ? 'template-name' : 'template-content')?.focus();
      return;
    }
    const result = await persistence.save(templates, id);
    if (!isDraft) return announceSaved(result.kind === 'saved');
    if (result.kind !== 'saved') return notifyFailure(say('save.failed'), 'saved');
    notify({ id: 'saved', text: say('template.saved', { name }) });
    leaveFor('/templates');
  };
  const leaveFor = (path: string): void => {
    isLeaving.current = true;
    forgetTemplateSession(persistence, id);
    navigate(path);
  };
  const cancel = async (): Promise<void> => {
    session.flush();
    const { workspace: _, ...left } = { ...data, content: text, workspace };
    leaveFor('/templates');
    await discardDraft(persistence, id, left);
  };
  useShortcut('mod+s', () => void save());

  return (
    <div className="flex min-h-144 flex-1 flex-col">
      <TemplateHeader
        isDraft={isDraft}
        isReadOnly={isReadOnly}
        isChanged={isChangedSince(session.opened, data)}
        onSave={save}
        onCancel={cancel}
        onRevert={() => {
          workspace.document.replace(session.opened.content, 'command');
          session.flush();
          setName(session.opened.name);
          persistence.edit(templates, id, { ...session.opened, updatedAt: Date.now() });
          notify({ id: 'reverted', text: say('template.reverted') });
        }}
      />
      <TemplateFields
        data={data}
        name={name}
        nameError={
          isShown && missing.has('name')
            ? say(isDraft ? 'template.nameMissing' : 'template.nameKept')
            : undefined
        }
        isReadOnly={isReadOnly}
        onName={rename}
        onEdit={edit}
      />
      {isShown && missing.has('content') && (
        <div className="px-3 pb-2 sm:px-6">
          <FieldError id="template-content-error">
            {say(isDraft ? 'template.contentMissing' : 'template.contentKept')}
          </FieldError>
        </div>
      )}
      <div
        id="template-content"
        tabIndex={-1}
        className="flex min-h-80 flex-1 flex-col border-t border-border"
      >
        <MessageEditor
          workspace={workspace}
          tree={tree}
          dictionary={dictionary}
          validation={validation}
          isReadOnly={isReadOnly}
          isInvalid={isShown && missing.has('content')}
          label={say('template.content')}
          rawActions={
            <>
              <IssueBadge
                validation={validation}
                onChoose={(issue) => {
                  const place = placeOf(issue);
                  if (place) revealPlace(workspace, tree, place);
                }}
              />
              <InsertPlaceholder workspace={workspace} isReadOnly={isReadOnly} />
            </>
          }
        />
      </div>
    </div>
  );
}

/** Leaves the page of a template by another way than its buttons: what was typed is kept, and that is said (P06). */
async function leave(persistence: ReturnType<typeof usePersistence>, id: string): Promise<void> {
  const view = persistence.document(templates, id).getSnapshot();
  const isKeptAsDraft =
    view.kind === 'open' && view.isDraft && (view.data.name.trim() !== '' || view.data.content.trim() !== '');
  await persistence.closeDocument(templates, id);
  if (isKeptAsDraft) notify({ id: `kept ${id}`, text: say('drafts.kept') });
}

function isChangedSince(before: Template, now: Template): boolean {
  return (['name', 'description', 'content', 'messageType'] as const).some(
    (member) => before[member] !== now[member],
  );
}
