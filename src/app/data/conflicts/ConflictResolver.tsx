import { useMemo, useState } from 'react';
import type { Conflict, Decision } from '../../../../machines/conflicts.types.ts';
import { recordTitle } from '../../recovery/recordWords.ts';
import { Button } from '../../ui/Button.tsx';
import { sayData } from '../../words/sayData.ts';
import { Foot } from '../Foot.tsx';
import { ConflictHeader } from './ConflictHeader.tsx';
import { DecisionChoice } from './DecisionChoice.tsx';
import { decisionWords } from './decisionWords.ts';
import { FieldRows } from './FieldRows.tsx';
import { ForTheRest } from './ForTheRest.tsx';
import { GoneRecord } from './GoneRecord.tsx';
import { MergePreview } from './MergePreview.tsx';
import { mergeState } from './mergeState.ts';
import { isDecided } from './open.ts';
import { RawSides } from './RawSides.tsx';
import { SameFields } from './SameFields.tsx';
import type { ConflictsStepProps } from './step.ts';
import { useCompared } from './useCompared.ts';
import { useRowNames } from './useRowNames.ts';
import { useTurning } from './useTurning.ts';
import { type View, ViewChoice } from './ViewChoice.tsx';

interface ConflictResolverProps extends ConflictsStepProps {
  /** The one that is looked at. */
  conflict: Conflict;
}

/** One record at a time: where its two sides differ, and what becomes of it. Alt with arrows goes through them. */
export function ConflictResolver({ snapshot, send, sidesOf, compare, conflict }: ConflictResolverProps) {
  const { context } = snapshot;
  const { conflicts, decisions, finding } = context;
  const { key, gone, canMerge, same } = conflict;
  const pair = context.sides.find((one) => one.key === key);
  const sides = sidesOf(key);
  const name = recordTitle(conflict.store, pair?.first ?? pair?.second);
  const done = conflicts.filter((one) => isDecided(context, one)).length;
  const canApply = snapshot.can({ type: 'APPLY' });
  const [view, setView] = useState<View>('fields');
  const record = useCompared(pair, compare);
  const { picks } = context;
  const merge = useMemo(
    () => mergeState({ decisions, picks }, conflict, record),
    [decisions, picks, conflict, record],
  );
  const nameOf = useRowNames(pair);
  useTurning((type) => snapshot.can({ type }) && send({ type }));
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <section className="flex min-w-0 flex-col rounded-xl border border-border">
        <ConflictHeader snapshot={snapshot} send={send} name={name} />
        {gone ? (
          <GoneRecord gone={gone} pair={pair} sides={sides} />
        ) : (
          <>
            {view === 'fields' || !pair ? (
              <FieldRows snapshot={snapshot} send={send} conflict={conflict} sides={sides} nameOf={nameOf} />
            ) : (
              <RawSides pair={pair} record={record} sides={sides} />
            )}
            <div className="flex flex-wrap items-start justify-between gap-x-4 border-t border-border px-4 py-1.5">
              {canMerge ? <SameFields key={key} record={record} same={same} nameOf={nameOf} /> : <span />}
              <ViewChoice view={view} onView={setView} />
            </div>
          </>
        )}
        <DecisionChoice
          conflict={conflict}
          name={name}
          chosen={decisions.get(key)}
          wordsOf={(decision) => decisionWords(decision, { sides, gone, merge })}
          canChoose={(decision: Decision) => snapshot.can({ type: 'CHOOSE', key, decision })}
          onChoose={(decision) => send({ type: 'CHOOSE', key, decision })}
          preview={
            <MergePreview
              key={key}
              conflict={conflict}
              state={merge}
              sides={sides}
              nameOf={nameOf}
              isRefused={finding?.code === 'unsound' && finding.faults.some((fault) => fault.key === key)}
            />
          }
        />
      </section>
      <ForTheRest snapshot={snapshot} send={send} conflict={conflict} />
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
