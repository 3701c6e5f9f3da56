import type { ReactNode } from 'react';
import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import type { recoveryMachine } from '../../../machines/recovery.machine.ts';
import type { ProblemCommands } from '../start/commands.ts';

export type RecoveryActor = ActorRefFrom<typeof recoveryMachine>;
export type RecoverySnapshot = SnapshotFrom<typeof recoveryMachine>;

/** What each step of the dialog works with. */
export interface StepProps {
  snapshot: RecoverySnapshot;
  send: RecoveryActor['send'];
  commands: ProblemCommands;
  /** A load opened it, so nobody was waiting for it. */
  isModal: boolean;
}

/** One step as the frame shows it. */
export interface StepView {
  title: string;
  /** What it means and what is safe. */
  lead: ReactNode;
  body: ReactNode;
  isWide?: boolean;
}
