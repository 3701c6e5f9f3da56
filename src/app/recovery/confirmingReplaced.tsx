import type { Change } from '../../vault/types.ts';
import { countWords } from '../problem/countWords.ts';
import { Shield } from '../problem/Shield.tsx';
import { VirtualRows } from '../problem/VirtualRows.tsx';
import { Button } from '../ui/Button.tsx';
import { sayProblem } from '../words/sayProblem.ts';
import { recordTitle } from './recordWords.ts';
import type { StepProps, StepView } from './step.ts';

/** Something sound would be replaced: what, and what becomes of it. */
export function confirmingReplaced({ snapshot, send }: StepProps): StepView {
  const { recovery, finding } = snapshot.context;
  const isAsked = finding.code === 'asked';
  const replaced = recovery?.replaced ?? 0;
  const changes = recovery?.plan.changes ?? [];
  return {
    title: sayProblem(isAsked ? 'recovery.confirmAskedTitle' : 'recovery.confirmTitle', { count: replaced }),
    lead: (
      <>
        <p>{sayProblem('recovery.confirmLead')}</p>
        {!isAsked && <Shield snapshot={snapshot} />}
      </>
    ),
    body: (
      <>
        <ul className="flex list-disc flex-col gap-1 pl-5">
          {sumWords(changes).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {recovery && <li>{sayProblem('recovery.afterwards', { what: countWords(recovery.count) })}</li>}
        </ul>
        <ReplacedList changes={changes.filter(({ baseRev }) => baseRev > 0)} />
        <div className="flex flex-wrap justify-end gap-2">
          {snapshot.can({ type: 'BACK' }) && (
            <Button onClick={() => send({ type: 'BACK' })}>{sayProblem('recovery.back')}</Button>
          )}
          {snapshot.can({ type: 'CANCEL' }) && (
            <Button data-safe="" onClick={() => send({ type: 'CANCEL' })}>
              {sayProblem('recovery.cancel')}
            </Button>
          )}
          {snapshot.can({ type: 'CONFIRM' }) && (
            <Button look="primary" data-primary="" onClick={() => send({ type: 'CONFIRM' })}>
              {sayProblem('recovery.replace', { count: replaced })}
            </Button>
          )}
        </div>
      </>
    ),
  };
}

function sumWords(changes: readonly Change[]): string[] {
  const older = changes.filter(({ baseRev, data }) => baseRev > 0 && data !== undefined).length;
  const gone = changes.filter(({ data }) => data === undefined).length;
  const back = changes.filter(({ baseRev }) => baseRev === 0).length;
  return [
    older > 0 && sayProblem('recovery.replacedOlder', { count: older }),
    gone > 0 && sayProblem('recovery.replacedGone', { count: gone }),
    back > 0 && sayProblem('recovery.broughtBack', { count: back }),
  ].filter((sentence) => sentence !== false);
}

function ReplacedList({ changes }: { changes: readonly Change[] }) {
  return (
    <VirtualRows
      label={sayProblem('recovery.affected')}
      items={changes}
      keyOf={({ store, id }) => `${store} ${id}`}
      className="max-h-48 rounded-lg border border-border"
    >
      {({ store, id, data }) => (
        <div className="flex h-full items-center gap-3 px-3 text-sm">
          <span className="min-w-0 flex-1 truncate">
            {data === undefined ? id : recordTitle(store, data)}
          </span>
          <span className="shrink-0 text-xs text-muted-foreground">
            {sayProblem(data === undefined ? 'recovery.gone' : 'recovery.older')}
          </span>
        </div>
      )}
    </VirtualRows>
  );
}
