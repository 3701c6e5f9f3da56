import { type KeyboardEvent, useState } from 'react';
import type { Dictionary, Position } from '../../hl7/index.ts';
import { classNames } from '../ui/classNames.ts';
import { later } from '../ui/later.tsx';
import { PaneHeader } from '../ui/PaneHeader.tsx';
import { SkeletonBar, useIsSlow } from '../ui/Skeleton.tsx';
import { say } from '../words/say.ts';
import { size } from '../words/sizes.ts';
import { caretPlace } from './caretPlace.ts';
import { PathBar } from './PathBar.tsx';
import { selectPlace } from './tree/editTree.ts';
import type { Tree } from './tree/useTree.ts';
import { ViewSwitch } from './ViewSwitch.tsx';
import { marksOf } from './validation/marks.ts';
import { LONGEST_CHECKED, type Validation } from './validation/useValidation.ts';
import { useDocumentSnapshot, useModel, type Workspace } from './workspace.ts';

/** Above this some things are done later, or not at all, so that typing stays quick; and that is said. */
const LARGE_LENGTH = LONGEST_CHECKED;

const RawView = later(() => import('./raw/RawView.tsx'));
const StructurePane = later(() => import('./tree/StructurePane.tsx'));

interface MessageEditorProps {
  workspace: Workspace;
  tree: Tree;
  dictionary: Dictionary | null;
  validation: Validation;
  isReadOnly: boolean;
  /** Name of the raw text field. */
  label: string;
  isInvalid?: boolean;
  takesFocus?: boolean;
  rawActions?: React.ReactNode;
}

/** Raw text and structure side by side, each showing at once what is done in the other. */
export function MessageEditor(props: MessageEditorProps) {
  const { workspace, tree, dictionary, validation, isReadOnly, label } = props;
  const { isInvalid = false, takesFocus = false } = props;
  const { parsed } = useModel(workspace);
  const [shown, setShown] = useState<'raw' | 'structure'>('raw');
  const { selection, text } = useDocumentSnapshot(workspace);
  const caret = caretPlace(parsed, selection.head, dictionary);
  const caretWords = [caret.path, caret.name].filter(Boolean).join(' ');
  return (
    <div
      onKeyDown={(event) => undoByKey(event, workspace)}
      className="flex min-h-0 flex-1 flex-col"
      role="none"
    >
      {text.length > LARGE_LENGTH && (
        <p role="status" className="border-b border-border bg-info-soft px-3 py-1.5 text-xs">
          {say('raw.large', { size: size(text.length) })}
        </p>
      )}
      <ViewSwitch shown={shown} onChange={setShown} />
      <div className="grid min-h-0 flex-1 grid-cols-1 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <section
          aria-label={say('raw.title')}
          className={classNames(
            'min-h-0 flex-col bg-card md:flex md:border-r md:border-border',
            shown === 'raw' ? 'flex' : 'hidden',
          )}
        >
          <PaneHeader title={say('raw.title')}>{props.rawActions}</PaneHeader>
          <div className="min-h-0 flex-1">
            <RawView
              fallback={<ViewSkeleton />}
              document={workspace.document}
              label={label}
              isReadOnly={isReadOnly}
              isInvalid={isInvalid}
              description={caretWords}
              marks={marksOf(parsed, validation.issues)}
              takesFocus={takesFocus}
            />
          </div>
        </section>
        <div
          className={classNames(
            'min-h-0 min-w-0 flex-col bg-card md:flex',
            shown === 'structure' ? 'flex' : 'hidden',
          )}
        >
          <StructurePane
            fallback={
              <>
                <PaneHeader title={say('tree.title')} />
                <ViewSkeleton />
              </>
            }
            workspace={workspace}
            tree={tree}
            dictionary={dictionary}
            isReadOnly={isReadOnly}
          />
        </div>
      </div>
      <PathBar workspace={workspace} caret={caret} />
    </div>
  );
}

/** Fetches both views while the data is still being read. */
export function fetchViews(): void {
  RawView.fetchEarly();
  StructurePane.fetchEarly();
}

/** Shows a place in both views: opened and active in the tree, selected in the raw text. */
export function revealPlace(workspace: Workspace, tree: Tree, position: Position): void {
  tree.reveal(position);
  selectPlace(workspace, position);
}

/** Undo and redo of the message from anywhere in it; text fields of their own keep theirs. */
function undoByKey(event: KeyboardEvent, { document }: Workspace): void {
  const mod = event.ctrlKey || event.metaKey;
  if (!mod || event.altKey || event.defaultPrevented || event.target instanceof HTMLInputElement) return;
  const key = event.key.toLowerCase();
  if (key !== 'z' && key !== 'y') return;
  event.preventDefault();
  if (key === 'y' || event.shiftKey) document.redo();
  else document.undo();
}

function ViewSkeleton() {
  const isSlow = useIsSlow();
  if (!isSlow) return null;
  return (
    <div aria-busy="true" className="flex flex-col gap-3 p-4">
      <SkeletonBar className="w-11/12" />
      <SkeletonBar className="w-7/12" />
      <SkeletonBar className="w-10/12" />
      <SkeletonBar className="w-8/12" />
    </div>
  );
}
