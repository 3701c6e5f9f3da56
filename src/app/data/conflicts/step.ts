import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import type { conflictsMachine } from '../../../../machines/conflicts.machine.ts';

export type ConflictsActor = ActorRefFrom<typeof conflictsMachine>;
export type ConflictsSnapshot = SnapshotFrom<typeof conflictsMachine>;

/** The two sides, by place: this browser and a file, two tabs, two devices. */
export interface SideNames {
  readonly first: string;
  readonly second: string;
}

export interface ConflictsStepProps {
  snapshot: ConflictsSnapshot;
  send: ConflictsActor['send'];
  sides: SideNames;
}
