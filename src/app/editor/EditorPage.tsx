import { useEffect } from 'react';
import { usePageTitle } from '../shell/usePageTitle.ts';
import { SkeletonBar, useIsSlow } from '../ui/Skeleton.tsx';
import { say } from '../words/say.ts';
import { EditorWorkbench } from './EditorWorkbench.tsx';
import { useEditorSession } from './editorSession.ts';
import { fetchViews } from './MessageEditor.tsx';

/** The editor: one message, as raw text and as structure. */
export function EditorPage() {
  usePageTitle(say('page.editor'));
  useEffect(fetchViews, []);
  const session = useEditorSession();
  return (
    <>
      <h1 className="sr-only">{say('page.editor')}</h1>
      {session ? <EditorWorkbench session={session} /> : <EditorSkeleton />}
    </>
  );
}

function EditorSkeleton() {
  const isSlow = useIsSlow();
  if (!isSlow) return null;
  return (
    <div aria-busy="true" className="flex flex-1 flex-col bg-card">
      <p className="sr-only" role="status">
        {say('start.loading')}
      </p>
      <div className="h-12 border-b border-border" />
      <div className="grid flex-1 gap-8 p-6 md:grid-cols-2">
        {[0, 1].map((pane) => (
          <div key={pane} className="flex flex-col gap-4">
            <SkeletonBar className="w-11/12" />
            <SkeletonBar className="w-7/12" />
            <SkeletonBar className="w-10/12" />
            <SkeletonBar className="w-8/12" />
          </div>
        ))}
      </div>
    </div>
  );
}
