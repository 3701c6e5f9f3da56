import { CircleAlert } from 'lucide-react';
import { Shield } from '../problem/Shield.tsx';
import { WhatWeFound } from '../problem/WhatWeFound.tsx';
import { sayProblem } from '../words/sayProblem.ts';
import { failureWords } from './failureWords.ts';
import { findingLead, findingLines, findingTitle, storesOf } from './findingWords.ts';
import { isInMemory } from './isInMemory.ts';
import { RecoveryChoices } from './RecoveryChoices.tsx';
import type { RecoverySnapshot, StepProps, StepView } from './step.ts';

/** What is damaged or lost, what is safe, and the choices. */
export function choosing(props: StepProps): StepView {
  const { finding, failure } = props.snapshot.context;
  return {
    title: findingTitle(finding),
    lead: (
      <>
        <p>{findingLead(finding)}</p>
        {finding.code !== 'asked' && <Shield snapshot={props.snapshot}>{safeWords(props.snapshot)}</Shield>}
        {failure && (
          <p role="alert" className="flex gap-3 rounded-lg bg-warning-soft px-4 py-3 text-warning">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            {failureWords(failure)}
          </p>
        )}
      </>
    ),
    body: (
      <>
        <RecoveryChoices {...props} />
        <WhatWeFound lines={findingLines(finding)} commands={props.commands} />
      </>
    ),
  };
}

/** What is kept, what is fine, and whether there is a way back. */
function safeWords({ context: { finding, points, failure } }: RecoverySnapshot): string {
  const backups = points?.filter((point) => !isInMemory(point)).length ?? 0;
  const holdsCopy = backups < (points?.length ?? 0);
  const isDamaged = finding.code !== 'vanished';
  const knowsBackups = failure?.code !== 'notListed';
  return [
    isDamaged && sayProblem('recovery.kept'),
    finding.code === 'damaged' && areSettingsFine(finding.damage) && sayProblem('recovery.settingsFine'),
    backups > 0 && sayProblem('recovery.backups', { count: backups }),
    holdsCopy && sayProblem('recovery.inMemory'),
    backups === 0 && knowsBackups && !holdsCopy && sayProblem('recovery.noBackup'),
    backups === 0 && isDamaged && sayProblem('recovery.downloadFirst'),
  ]
    .filter(Boolean)
    .join(' ');
}

function areSettingsFine(damage: Parameters<typeof storesOf>[0]): boolean {
  const stores = storesOf(damage);
  return stores !== null && !stores.includes('settings') && !stores.includes('drafts');
}
