import { openDamage } from '../problem/damageLines.ts';
import { Shield } from '../problem/Shield.tsx';
import { sayProblem } from '../words/sayProblem.ts';
import { RescueReview } from './RescueReview.tsx';
import type { StepProps, StepView } from './step.ts';

/** What was read, to be looked at before anything is done. */
export function reviewingRescue(props: StepProps): StepView {
  const { rescue } = props.snapshot.context;
  const readable = rescue?.readable.length ?? 0;
  return {
    isWide: true,
    title: sayProblem('recovery.rescueTitle', { count: readable }),
    lead: (
      <>
        <p>{sayProblem('recovery.rescueLead', { count: openDamage(rescue?.damage ?? []).length })}</p>
        <Shield snapshot={props.snapshot} />
      </>
    ),
    body: <RescueReview {...props} />,
  };
}
