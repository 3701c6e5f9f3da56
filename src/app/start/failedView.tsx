import { Clock, Download, LifeBuoy, RotateCw } from 'lucide-react';
import { Choice } from '../problem/Choice.tsx';
import { Choices } from '../problem/Choices.tsx';
import { failureLines } from '../problem/failureLines.ts';
import { Shield } from '../problem/Shield.tsx';
import { WhatWeFound } from '../problem/WhatWeFound.tsx';
import { sayProblem } from '../words/sayProblem.ts';
import { handOutStored } from './handOutStored.ts';
import type { NoticeProps } from './persistenceActor.ts';

/** Something that nobody foresaw. The data can still be downloaded, and looked at without the app. */
export function failedView({ actor, snapshot, commands }: NoticeProps) {
  const { finding } = snapshot.context;
  return {
    title: sayProblem('failed.title'),
    lead: (
      <>
        <p>{sayProblem('failed.text')}</p>
        <Shield snapshot={snapshot} />
      </>
    ),
    body: (
      <>
        <Choices>
          {snapshot.can({ type: 'RETRY' }) && (
            <Choice
              icon={<RotateCw aria-hidden="true" />}
              label={sayProblem('failed.retry')}
              consequence={sayProblem('failed.retryMeans')}
              digit={1}
              isRecommended
              onChoose={() => actor.send({ type: 'RETRY' })}
            />
          )}
          <Choice
            icon={<Download aria-hidden="true" />}
            label={sayProblem('failed.download')}
            consequence={sayProblem('failed.downloadMeans')}
            digit={2}
            onChoose={() => void handOutStored(commands)}
          />
          <Choice
            icon={<LifeBuoy aria-hidden="true" />}
            label={sayProblem('failed.safeMode')}
            consequence={sayProblem('failed.safeModeMeans')}
            digit={3}
            onChoose={commands.openSafeMode}
          />
          {snapshot.can({ type: 'DEFER' }) && (
            <Choice
              icon={<Clock aria-hidden="true" />}
              label={sayProblem('failed.defer')}
              consequence={sayProblem('failed.deferMeans')}
              digit={4}
              onChoose={() => actor.send({ type: 'DEFER' })}
            />
          )}
        </Choices>
        <WhatWeFound lines={finding?.code === 'broken' ? failureLines(finding) : []} commands={commands} />
      </>
    ),
  };
}
