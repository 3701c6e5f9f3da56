import type { ReactNode } from 'react';
import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import type { importMachine } from '../../../../machines/import.machine.ts';
import type { intakeMachine } from '../../../../machines/intake.machine.ts';
import type { FileCommands } from '../fileCommands.ts';

export type ImportActor = ActorRefFrom<typeof importMachine>;
export type ImportSnapshot = SnapshotFrom<typeof importMachine>;
export type IntakeActor = ActorRefFrom<typeof intakeMachine>;
export type IntakeSnapshot = SnapshotFrom<typeof intakeMachine>;

/** What each step of taking a file in works with. */
export interface IntakeStepProps {
  snapshot: IntakeSnapshot;
  send: IntakeActor['send'];
  commands: FileCommands;
}

/** What each step after that works with. */
export interface ImportStepProps {
  snapshot: ImportSnapshot;
  send: ImportActor['send'];
  commands: FileCommands;
}

/** Where a person is, as the list of steps shows it. */
export type Stage = 'choose' | 'check' | 'preview' | 'conflicts' | 'done';

/** One step as the frame shows it. */
export interface StepView {
  /** With each new one the focus moves to its heading. */
  step: string;
  stage: Stage;
  title: string;
  lead: ReactNode;
  body: ReactNode;
  isWide?: boolean;
  /** What Esc does: the path on which nothing changes. */
  onLeave: (() => void) | null;
}
