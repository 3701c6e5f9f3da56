import { useSelector } from '@xstate/react';
import { stepOf } from '../problem/stepOf.ts';
import type { ProblemCommands } from './commands.ts';
import { LostNotice } from './LostNotice.tsx';
import type { PersistenceActor } from './persistenceActor.ts';
import { ReadOnlyNotice } from './ReadOnlyNotice.tsx';
import { SetAsideNotice } from './SetAsideNotice.tsx';

interface PersistenceNoticesProps {
  actor: PersistenceActor;
  commands: ProblemCommands;
}

/** What must be known about the data while one works. Strips that wait to be looked at; nothing interrupts typing. */
export default function PersistenceNotices({ actor, commands }: PersistenceNoticesProps) {
  const snapshot = useSelector(actor, (current) => current);
  const props = { actor, snapshot, commands };
  if (snapshot.hasTag('unsaved')) return <LostNotice {...props} />;
  if (stepOf(snapshot) === 'persistence.readOnly') return <ReadOnlyNotice {...props} />;
  if (snapshot.hasTag('resting')) return <SetAsideNotice {...props} />;
  return null;
}
