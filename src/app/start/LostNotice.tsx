import type { PersistenceFinding } from '../../../machines/persistence.types.ts';
import { failureName } from '../problem/failureLines.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { sayProblem } from '../words/sayProblem.ts';
import type { NoticeProps } from './persistenceActor.ts';

/** The storage was emptied underneath: this page holds the only copy. */
export function LostNotice({ actor, snapshot, commands }: NoticeProps) {
  const { finding, isFolded } = snapshot.context;
  if (!snapshot.hasTag('needs-user')) {
    return (
      <Banner tone="info" title={sayProblem('lost.writingBack')}>
        {sayProblem('lost.writingBackText')}
      </Banner>
    );
  }
  if (isFolded) return null;
  const send = (type: 'WRITE_BACK' | 'START_EMPTY' | 'DEFER') => () => actor.send({ type });
  return (
    <Banner
      tone="warning"
      role="alert"
      title={sayProblem('lost.title')}
      actions={
        <>
          {snapshot.can({ type: 'WRITE_BACK' }) && (
            <Button size="small" look="primary" onClick={send('WRITE_BACK')}>
              {sayProblem('lost.writeBack')}
            </Button>
          )}
          <Button size="small" onClick={commands.downloadMemory}>
            {sayProblem('lost.download')}
          </Button>
          {snapshot.can({ type: 'START_EMPTY' }) && (
            <Button size="small" onClick={send('START_EMPTY')}>
              {sayProblem('lost.startEmpty')}
            </Button>
          )}
          {snapshot.can({ type: 'DEFER' }) && (
            <Button size="small" look="quiet" onClick={send('DEFER')}>
              {sayProblem('lost.defer')}
            </Button>
          )}
        </>
      }
    >
      {[causeOf(finding), sayProblem('lost.text')].join(' ').trim()}
    </Banner>
  );
}

/** Why writing it back did not work, once it was tried. */
function causeOf(finding: PersistenceFinding | null): string {
  if (finding?.code === 'notReopened') {
    return sayProblem('lost.notReopened', { name: failureName(finding) });
  }
  if (finding?.code !== 'notWrittenBack') return '';
  switch (finding.why) {
    case 'occupied':
    case 'conflicted':
      return sayProblem('lost.occupied');
    case 'full':
      return sayProblem('lost.full');
    case 'unsure':
    case 'unforeseen':
      return sayProblem('lost.unsure');
    case 'refused':
    case 'failed':
      return sayProblem('lost.refused');
  }
}
