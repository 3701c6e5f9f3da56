import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Conflict } from '../../../../machines/conflicts.types.ts';
import { recordTitle } from '../../recovery/recordWords.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { sayData } from '../../words/sayData.ts';
import { Foot } from '../Foot.tsx';
import { BothInFull } from './BothInFull.tsx';
import { DecisionChoice } from './DecisionChoice.tsx';
import { FieldRows } from './FieldRows.tsx';
import { isDecided, openRows } from './open.ts';
import type { ConflictsStepProps } from './step.ts';
import { useTurning } from './useTurning.ts';

interface ConflictResolverProps extends ConflictsStepProps {
  /** The one that is looked at. */
  conflict: Conflict;
}

/** One record at a time: where its two sides differ, and what becomes of it. Alt with arrows goes through them. */
export function ConflictResolver({ snapshot, send, sides, conflict }: ConflictResolverProps) {
  const { conflicts, decisions, at, sides: all } = snapshot.context;
  const pair = all.find(({ key }) => key === conflict.key);
  const name = recordTitle(conflict.store, pair?.first ?? pair?.second);
  const done = conflicts.filter((one) => isDecided(snapshot.context, one)).length;
  const rest = conflicts.filter(({ key }) => !decisions.has(key)).length;
  const decision = decisions.get(conflict.key);
  const canApply = snapshot.can({ type: 'APPLY' });
  const canNext = snapshot.can({ type: 'NEXT' });
  const canPrevious = snapshot.can({ type: 'PREVIOUS' });
  useTurning((type) => snapshot.can({ type }) && send({ type }));
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <section className="flex min-w-0 flex-col rounded-xl border border-border">
        <header className="flex items-center gap-1 border-b border-border px-4 py-2">
          <h3 className="min-w-0 flex-1 truncate font-medium">{name}</h3>
          {conflicts.length > 1 && (
            <>
              <p role="status" className="shrink-0 text-xs text-muted-foreground tabular-nums">
                {sayData('conflicts.position', { at: at + 1, count: conflicts.length })}
              </p>
              <IconButton
                label={sayData('conflicts.previous')}
                icon={<ChevronLeft aria-hidden="true" />}
                aria-disabled={!canPrevious || undefined}
                onClick={() => canPrevious && send({ type: 'PREVIOUS' })}
              />
              <IconButton
                label={sayData('conflicts.next')}
                icon={<ChevronRight aria-hidden="true" />}
                aria-disabled={!canNext || undefined}
                onClick={() => canNext && send({ type: 'NEXT' })}
              />
            </>
          )}
        </header>
        <FieldRows snapshot={snapshot} send={send} sides={sides} conflict={conflict} pair={pair} />
        {pair && <BothInFull pair={pair} sides={sides} />}
        <DecisionChoice
          conflict={conflict}
          name={name}
          sides={sides}
          chosen={decision}
          open={openRows(snapshot.context, conflict).length}
          canChoose={(one) => snapshot.can({ type: 'CHOOSE', key: conflict.key, decision: one })}
          onChoose={(one) => send({ type: 'CHOOSE', key: conflict.key, decision: one })}
        />
      </section>
      {decision && rest > 0 && (
        <Button className="self-start" onClick={() => send({ type: 'CHOOSE_FOR_REST', decision })}>
          {sayData('conflicts.rest', { count: rest })}
        </Button>
      )}
      <Foot>
        <p id="conflicts-why" role="status" className="mr-auto text-xs text-muted-foreground">
          {canApply
            ? sayData('conflicts.decided', { done, count: conflicts.length })
            : sayData('conflicts.open', { count: conflicts.length - done })}
        </p>
        <Button onClick={() => send({ type: 'BACK' })}>{sayData('conflicts.back')}</Button>
        <Button
          look="primary"
          data-primary=""
          aria-disabled={!canApply || undefined}
          aria-describedby={canApply ? undefined : 'conflicts-why'}
          onClick={() => canApply && send({ type: 'APPLY' })}
        >
          {sayData('conflicts.apply', { count: conflicts.length })}
        </Button>
      </Foot>
    </div>
  );
}
