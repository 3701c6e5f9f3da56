import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import type { persistenceMachine } from '../../../machines/persistence.machine.ts';
import type { ProblemCommands } from './commands.ts';

export type PersistenceActor = ActorRefFrom<typeof persistenceMachine>;

/** What each notice of the root is given. */
export interface NoticeProps {
  actor: PersistenceActor;
  snapshot: SnapshotFrom<typeof persistenceMachine>;
  commands: ProblemCommands;
}
