import type { Json } from '../vault/types.ts';

/** Two versions of a record. Which is which is for the caller to say: this browser and a file, two tabs, two devices. */
export type Side = 'first' | 'second';

/** The versions, and what both came from, where that is known. */
export interface Versions<T> {
  readonly first: T;
  readonly second: T;
  readonly base?: T | undefined;
}

/** One place at which two versions of a record differ: a member, or a part of one that holds structured text. */
export interface FieldRow {
  /** `name`, or `content/PID-5.2`. Unique within a record. */
  readonly path: string;
  /** `undefined`: not there on that side. */
  readonly first: Json | undefined;
  readonly second: Json | undefined;
  /** Who changed it since both were the same. `both` also where nobody knows what they had in common. */
  readonly changed: Side | 'both';
}

/** A stretch of a text. */
export interface TextPiece {
  readonly text: string;
  /** The path of the row whose value it is; `null` where there was nothing to choose. */
  readonly path: string | null;
}

/** A member that holds structured text, in pieces: joined they are its text. */
export interface MemberText {
  readonly member: string;
  readonly pieces: readonly TextPiece[];
}

/** A place that is the same on both sides. */
export interface SameField {
  readonly path: string;
  readonly value: Json;
}

/** Where two versions differ, and how to make one of them. */
export interface FieldComparison {
  readonly rows: readonly FieldRow[];
  /** Places that are the same on both sides. */
  readonly same: number;
  merge(sideOf: (path: string) => Side): Json;
  /** The structured texts of what `merge` makes, and where each piece of them is from. */
  texts(sideOf: (path: string) => Side): readonly MemberText[];
  /** The places that `same` counts. */
  sameFields(): readonly SameField[];
}
