import { TriangleAlert } from 'lucide-react';
import type { RecoveryFinding } from '../../../machines/recovery.types.ts';
import { countWords, sumOf } from '../problem/countWords.ts';
import { Shield } from '../problem/Shield.tsx';
import { storesWords } from '../problem/storeWords.ts';
import { handOutStored } from '../start/handOutStored.ts';
import { Button } from '../ui/Button.tsx';
import { sayProblem } from '../words/sayProblem.ts';
import { storesOf } from './findingWords.ts';
import type { StepProps, StepView } from './step.ts';

/** Asks before everything leaves the list; says what goes, what stays, and how it comes back. */
export function startingEmpty({ snapshot, send, commands }: StepProps): StepView {
  const { finding, points } = snapshot.context;
  const isDamaged = finding.code === 'damaged' || finding.code === 'setAside';
  const isLastCopy = isDamaged && points?.length === 0;
  return {
    title: sayProblem('recovery.emptyTitle'),
    lead: (
      <>
        {emptyWords(finding).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <Shield snapshot={snapshot} />
        {isLastCopy && (
          <p className="flex gap-3 rounded-lg bg-destructive-soft px-4 py-3 text-destructive">
            <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            {sayProblem('recovery.emptyLast')}
          </p>
        )}
      </>
    ),
    body: (
      <div className="flex flex-wrap justify-end gap-2">
        {snapshot.can({ type: 'BACK' }) && (
          <Button data-safe="" onClick={() => send({ type: 'BACK' })}>
            {sayProblem('recovery.back')}
          </Button>
        )}
        {isDamaged && (
          <Button onClick={() => void handOutStored(commands)}>
            {sayProblem('recovery.downloadItFirst')}
          </Button>
        )}
        {snapshot.can({ type: 'CONFIRM' }) && (
          <Button look={isLastCopy ? 'danger' : 'secondary'} onClick={() => send({ type: 'CONFIRM' })}>
            {sayProblem('recovery.startEmpty')}
          </Button>
        )}
      </div>
    ),
  };
}

function emptyWords(finding: RecoveryFinding): string[] {
  switch (finding.code) {
    case 'damaged':
    case 'setAside': {
      const stores = storesOf(finding.damage);
      const goes = stores
        ? sayProblem('recovery.emptyStores', { stores: storesWords(stores) })
        : sayProblem('recovery.emptyAll', { count: finding.readable });
      return [goes, sayProblem('recovery.emptyKept')];
    }
    case 'vanished':
      return [
        sayProblem('recovery.emptyVanished'),
        ...(sumOf(finding.witness.count) === 0
          ? []
          : [sayProblem('recovery.emptyForget', { what: countWords(finding.witness.count) })]),
      ];
    case 'asked':
      return [];
  }
}
