import { useMemo } from 'react';
import { say } from '../words/say.ts';
import type { CaretPlace } from './caretPlace.ts';
import { lineEndsIn } from './lineEndsIn.ts';
import { useDocumentSnapshot, useModel, type Workspace } from './workspace.ts';

/** Where the caret is, in the words of HL7; and the size of the message. */
export function PathBar({ workspace, caret }: { workspace: Workspace; caret: CaretPlace }) {
  const { parsed } = useModel(workspace);
  const { text } = useDocumentSnapshot(workspace);
  const lineEnds = useMemo(() => lineEndsIn(parsed.text), [parsed]);
  return (
    <div className="flex h-8 shrink-0 items-center gap-3 overflow-hidden border-t border-border bg-card px-3 text-xs">
      <p className="flex min-w-0 flex-1 items-baseline gap-2 whitespace-nowrap">
        <span className="sr-only">{say('path.caret')} </span>
        <span className="font-mono font-semibold text-(--hl7-segment)">{caret.path ?? say('path.none')}</span>
        <span className="truncate">
          {caret.name}
          {caret.field && <span className="text-muted-foreground"> · {caret.field}</span>}
        </span>
      </p>
      <p className="hidden shrink-0 gap-3 text-muted-foreground tabular-nums sm:flex">
        <span>{say('path.segments', { count: parsed.segments.length })}</span>
        <span>{say('path.characters', { count: text.length })}</span>
        <span>{say(`lineEnds.${lineEnds}`)}</span>
      </p>
    </div>
  );
}
