import type { Conflict } from '../../../../machines/conflicts.types.ts';
import { Button } from '../../ui/Button.tsx';
import { sayData } from '../../words/sayData.ts';
import type { ConflictsSnapshot, ConflictsStepProps } from './step.ts';

interface ForTheRestProps {
  snapshot: ConflictsSnapshot;
  send: ConflictsStepProps['send'];
  conflict: Conflict;
}

/** One choice for all that are open: the one made for this record, and before any, to keep both, which loses nothing. */
export function ForTheRest({ snapshot, send, conflict: { key } }: ForTheRestProps) {
  const { conflicts, decisions } = snapshot.context;
  const decision = decisions.get(key);
  const open = conflicts.filter((one) => !decisions.has(one.key));
  const both = open.filter(({ canKeepBoth }) => canKeepBoth).length;
  if (decision && open.length > 0)
    return (
      <Button className="self-start" onClick={() => send({ type: 'CHOOSE_FOR_REST', decision })}>
        {sayData('conflicts.rest', { count: open.length })}
      </Button>
    );
  if (decision || both < 2) return null;
  return (
    <Button className="self-start" onClick={() => send({ type: 'CHOOSE_FOR_REST', decision: 'keep-both' })}>
      {sayData('conflicts.restBoth', { count: both })}
    </Button>
  );
}
