import type { ReactNode } from 'react';
import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import type { exportMachine } from '../../../../machines/export.machine.ts';
import type { PatientLook } from '../../../../machines/export.types.ts';
import type { Json } from '../../../vault/types.ts';
import type { FileCommands } from '../fileCommands.ts';

export type ExportActor = ActorRefFrom<typeof exportMachine>;
export type ExportSnapshot = SnapshotFrom<typeof exportMachine>;

/** What the page has that could go into a file. */
export interface Exportable {
  readonly id: string;
  readonly store: string;
  readonly data: Json;
}

/** Queries of the dialog: they change nothing. */
export interface ExportQueries {
  /** Everything that is stored, as the page has it. */
  records(): readonly Exportable[];
  findPatientLike(): Promise<PatientLook>;
}

export interface ExportStepProps {
  snapshot: ExportSnapshot;
  send: ExportActor['send'];
  commands: FileCommands;
  queries: ExportQueries;
  /** Nobody could look for patient-like values. */
  hasLookFailed: boolean;
}

/** One step as the frame shows it. */
export interface StepView {
  step: string;
  title: string;
  lead: ReactNode;
  body: ReactNode;
  onLeave: (() => void) | null;
}
