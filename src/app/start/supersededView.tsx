import { Download, Eye, RotateCw } from 'lucide-react';
import { Choice } from '../problem/Choice.tsx';
import { Choices } from '../problem/Choices.tsx';
import { sayProblem } from '../words/sayProblem.ts';
import type { NoticeProps } from './persistenceActor.ts';

/** A newer version has taken over: what was saved, what was not, and the download first where something was not. */
export function supersededView({ actor, snapshot, commands }: NoticeProps, unsaved: number) {
  const { finding } = snapshot.context;
  const isAllSaved = finding?.code === 'superseded' && finding.isAllSaved;
  let last = 0;
  const digit = (): number => ++last;
  return {
    title: sayProblem('superseded.title'),
    lead: <p>{savedWords(isAllSaved, unsaved)}</p>,
    body: (
      <Choices>
        {!isAllSaved && (
          <Choice
            icon={<Download aria-hidden="true" />}
            label={sayProblem('superseded.download')}
            consequence={sayProblem('superseded.downloadMeans')}
            digit={digit()}
            isRecommended
            onChoose={commands.downloadChanges}
          />
        )}
        <Choice
          icon={<RotateCw aria-hidden="true" />}
          label={sayProblem('superseded.reload')}
          consequence={sayProblem(isAllSaved ? 'superseded.reloadMeans' : 'superseded.reloadLoses')}
          {...(isAllSaved && { digit: digit() })}
          isRecommended={isAllSaved}
          onChoose={commands.reload}
        />
        {snapshot.can({ type: 'DEFER' }) && (
          <Choice
            icon={<Eye aria-hidden="true" />}
            label={sayProblem('superseded.defer')}
            consequence={sayProblem('superseded.deferMeans')}
            digit={digit()}
            onChoose={() => actor.send({ type: 'DEFER' })}
          />
        )}
      </Choices>
    ),
  };
}

function savedWords(isAllSaved: boolean, unsaved: number): string {
  if (isAllSaved) return sayProblem('superseded.saved');
  return unsaved > 0 ? sayProblem('superseded.unsaved', { count: unsaved }) : sayProblem('superseded.unsure');
}
