import { useState } from 'react';
import type { Envelope } from '../../vault/types.ts';
import { damageLines } from '../problem/damageLines.ts';
import { VirtualRows } from '../problem/VirtualRows.tsx';
import { WhatWeFound } from '../problem/WhatWeFound.tsx';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/classNames.ts';
import { sayProblem } from '../words/sayProblem.ts';
import { absoluteTime, shortTime } from '../words/times.ts';
import { recordText, recordTitle } from './recordWords.ts';
import type { StepProps } from './step.ts';

/** The readable records, one of them in full beside the list. */
export function RescueReview({ snapshot, send, commands }: StepProps) {
  const readable = snapshot.context.rescue?.readable ?? [];
  const [shown, setShown] = useState<Envelope | undefined>(readable[0]);
  return (
    <>
      <div className="grid min-h-0 gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <VirtualRows
          label={sayProblem('recovery.readable')}
          items={readable}
          keyOf={({ store, id }) => `${store} ${id}`}
          className="h-44 rounded-lg border border-border sm:h-72"
        >
          {(record) => (
            <RecordRow record={record} isShown={record === shown} onShow={() => setShown(record)} />
          )}
        </VirtualRows>
        <RecordPreview record={shown} />
      </div>
      <WhatWeFound lines={damageLines(snapshot.context.rescue?.damage ?? [])} commands={commands} />
      <p className="text-xs text-muted-foreground">{sayProblem('recovery.keepReadableMeans')}</p>
      <div className="flex flex-wrap justify-end gap-2">
        {snapshot.can({ type: 'BACK' }) && (
          <Button data-safe="" onClick={() => send({ type: 'BACK' })}>
            {sayProblem('recovery.back')}
          </Button>
        )}
        {snapshot.can({ type: 'CONFIRM' }) && (
          <Button look="primary" data-primary="" onClick={() => send({ type: 'CONFIRM' })}>
            {sayProblem('recovery.keepReadable', { count: readable.length })}
          </Button>
        )}
      </div>
    </>
  );
}

interface RecordRowProps {
  record: Envelope;
  isShown: boolean;
  onShow: () => void;
}

function RecordRow({ record, isShown, onShow }: RecordRowProps) {
  return (
    <button
      type="button"
      aria-pressed={isShown}
      onClick={onShow}
      className={classNames(
        'flex h-full w-full items-center px-3 text-left text-sm',
        isShown ? 'bg-accent text-accent-foreground' : 'hover:bg-muted',
      )}
    >
      <span className="truncate">{recordTitle(record.store, record.data)}</span>
    </button>
  );
}

function RecordPreview({ record }: { record: Envelope | undefined }) {
  const changedAt = record && Date.parse(record.updatedAt);
  return (
    <section
      aria-label={sayProblem('recovery.preview')}
      className="flex min-h-0 min-w-0 flex-col rounded-lg border border-border bg-card sm:h-72"
    >
      {record && changedAt !== undefined ? (
        <>
          <header className="flex items-baseline gap-2 border-b border-border px-3 py-2">
            <h3 className="min-w-0 flex-1 truncate text-sm font-medium">
              {recordTitle(record.store, record.data)}
            </h3>
            <time
              dateTime={record.updatedAt}
              title={absoluteTime(changedAt)}
              className="shrink-0 text-xs text-muted-foreground"
            >
              {sayProblem('recovery.changed', { time: shortTime(changedAt, Date.now()) })}
            </time>
          </header>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
            tabIndex={0}
            className="scroll-thin max-h-44 min-h-0 flex-1 overflow-auto p-3 font-mono text-xs sm:max-h-none"
          >
            {recordText(record)}
          </pre>
        </>
      ) : (
        <p className="p-3 text-sm text-muted-foreground">{sayProblem('recovery.pickOne')}</p>
      )}
    </section>
  );
}
