import type { PersistenceFinding } from '../../../machines/persistence.types.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { sayProblem } from '../words/sayProblem.ts';
import { handOutStored } from './handOutStored.ts';
import type { NoticeProps } from './persistenceActor.ts';

/** Someone decides later: the decision waits here, and so does a reload where a newer version has taken over. */
export function ReadOnlyNotice({ actor, snapshot, commands }: NoticeProps) {
  const { finding } = snapshot.context;
  const isSuperseded = finding?.code === 'superseded';
  const [title, text] = wordsOf(finding);
  return (
    <Banner
      tone="warning"
      title={title}
      actions={
        <>
          {isSuperseded && (
            <Button size="small" onClick={commands.reload}>
              {sayProblem('superseded.reload')}
            </Button>
          )}
          {snapshot.can({ type: 'REVIEW' }) && (
            <Button size="small" onClick={() => actor.send({ type: 'REVIEW' })}>
              {sayProblem('readOnly.decide')}
            </Button>
          )}
          {isSuperseded ? (
            <Button size="small" look="quiet" onClick={commands.downloadChanges}>
              {sayProblem('superseded.download')}
            </Button>
          ) : (
            <Button size="small" look="quiet" onClick={() => void handOutStored(commands)}>
              {sayProblem('readOnly.download')}
            </Button>
          )}
        </>
      }
    >
      {text}
    </Banner>
  );
}

/** What waits for a decision, and what holds until then. */
function wordsOf(finding: PersistenceFinding | null): [title: string, text: string] {
  const untilDecided = sayProblem('readOnly.untilDecided');
  if (finding?.code === 'superseded') {
    return [sayProblem('readOnly.superseded'), sayProblem('readOnly.supersededText')];
  }
  if (finding?.code === 'notOpened') return [sayProblem('readOnly.notOpened'), untilDecided];
  if (finding?.code !== 'notLoaded') return [sayProblem('readOnly.waiting'), untilDecided];
  switch (finding.load.code) {
    case 'vanished':
      return [sayProblem('readOnly.vanished'), untilDecided];
    case 'newer':
      return [sayProblem('readOnly.tooNew'), sayProblem('readOnly.tooNewText')];
    case 'unreadable':
    case 'uncheckable':
    case 'damaged':
      return [sayProblem('readOnly.waiting'), untilDecided];
    default:
      return [sayProblem('readOnly.halted'), untilDecided];
  }
}
