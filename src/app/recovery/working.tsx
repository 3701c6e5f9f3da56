import { Shield } from '../problem/Shield.tsx';
import { Working } from '../problem/Working.tsx';
import { Button } from '../ui/Button.tsx';
import { sayProblem } from '../words/sayProblem.ts';
import { findingTitle } from './findingWords.ts';
import type { StepProps, StepView } from './step.ts';

/** The machine is at work: looking, checking what was chosen, or writing it. */
export function working({ snapshot, send }: StepProps): StepView {
  const { words, lead } = wordsOf(snapshot);
  const canCancel = snapshot.can({ type: 'CANCEL' });
  return {
    title: findingTitle(snapshot.context.finding),
    lead: (
      <>
        <p>{lead}</p>
        <Shield snapshot={snapshot} />
      </>
    ),
    body: (
      <>
        <Working words={words} />
        {canCancel && (
          <div className="flex justify-end">
            <Button data-safe="" onClick={() => send({ type: 'CANCEL' })}>
              {sayProblem('recovery.cancel')}
            </Button>
          </div>
        )}
      </>
    ),
  };
}

function wordsOf(snapshot: StepProps['snapshot']): { words: string; lead: string } {
  if (snapshot.hasTag('applying')) {
    return { words: sayProblem('recovery.applying'), lead: sayProblem('recovery.applyingLead') };
  }
  // Only what was chosen can be cancelled; before that, it is being looked for.
  if (snapshot.can({ type: 'CANCEL' })) {
    return { words: sayProblem('recovery.preparing'), lead: sayProblem('recovery.preparingLead') };
  }
  return { words: sayProblem('recovery.listing'), lead: sayProblem('recovery.listingLead') };
}
