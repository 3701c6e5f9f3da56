import { useSelector } from '@xstate/react';
import { useEffect, useState } from 'react';
import type { ActorRefFrom } from 'xstate';
import type { migrationMachine } from '../../../machines/migration.machine.ts';
import type { Progress } from '../../client/types.ts';
import type { ProblemCommands } from '../start/commands.ts';
import { MigrationHalted } from './MigrationHalted.tsx';
import { MigrationProgress } from './MigrationProgress.tsx';

interface MigrationPageProps {
  actor: ActorRefFrom<typeof migrationMachine>;
  commands: ProblemCommands;
  /** Of the step that is under way; null where it does not say. */
  progress: Progress | null;
}

/** Below this, an update is over before its page could be read. */
const SHOW_AFTER_MS = 400;

/** How far the update has got, or why it stopped. A page of its own: there is nothing to work with yet. */
export default function MigrationPage({ actor, commands, progress }: MigrationPageProps) {
  const snapshot = useSelector(actor, (current) => current);
  const isSlow = useIsSlow();
  const isHalted = snapshot.hasTag('needs-user');
  return (
    <>
      {isSlow && snapshot.hasTag('migrating') && (
        <MigrationProgress snapshot={snapshot} progress={progress} />
      )}
      {isHalted && <MigrationHalted actor={actor} snapshot={snapshot} commands={commands} />}
    </>
  );
}

function useIsSlow(): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setSlow(true), SHOW_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, []);
  return isSlow;
}
