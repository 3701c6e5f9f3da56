import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { sayProblem } from '../words/sayProblem.ts';
import type { NoticeProps } from './persistenceActor.ts';

/** Someone decides later: the decision waits here, and so does a reload where a newer version has taken over. */
export function ReadOnlyNotice({ actor, snapshot, commands }: NoticeProps) {
  const isSuperseded = snapshot.context.finding?.code === 'superseded';
  return (
    <Banner
      tone="warning"
      title={sayProblem(isSuperseded ? 'readOnly.newer' : 'readOnly.waiting')}
      actions={
        isSuperseded ? (
          <>
            <Button size="small" onClick={commands.downloadChanges}>
              {sayProblem('superseded.download')}
            </Button>
            <Button size="small" onClick={commands.reload}>
              {sayProblem('superseded.reload')}
            </Button>
          </>
        ) : (
          snapshot.can({ type: 'REVIEW' }) && (
            <Button size="small" onClick={() => actor.send({ type: 'REVIEW' })}>
              {sayProblem('readOnly.decide')}
            </Button>
          )
        )
      }
    >
      {sayProblem(isSuperseded ? 'readOnly.newerText' : 'readOnly.untilDecided')}
    </Banner>
  );
}
