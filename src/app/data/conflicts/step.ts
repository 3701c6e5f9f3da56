import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import type { conflictsMachine } from '../../../../machines/conflicts.machine.ts';
import type { ComparedRecord, ConflictSides } from '../../../../machines/conflicts.types.ts';

export type ConflictsActor = ActorRefFrom<typeof conflictsMachine>;
export type ConflictsSnapshot = SnapshotFrom<typeof conflictsMachine>;

/** A side by its place, at the head of a column and within a sentence. */
export interface SideName {
  /** "This browser". */
  readonly name: string;
  /** "this browser". */
  readonly place: string;
  /** "edited today, 10:01", where that is known. */
  readonly when?: string | undefined;
  /** The same in full. */
  readonly exactly?: string | undefined;
}

/** The two sides: this browser and a file, two tabs, two devices. */
export interface SideNames {
  readonly first: SideName;
  readonly second: SideName;
  /** What a copy of the second would be called, beside the first. */
  readonly copyName?: string | undefined;
}

export interface ConflictsStepProps {
  snapshot: ConflictsSnapshot;
  send: ConflictsActor['send'];
  /** By key of the record. */
  sidesOf: (key: string) => SideNames;
  /** Looks closely at one record; a query. */
  compare: (sides: ConflictSides) => Promise<ComparedRecord | null>;
}
