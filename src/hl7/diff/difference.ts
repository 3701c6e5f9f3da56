/** Two versions of one text. Which is which is for the caller to say: this browser and a file, two tabs, two devices. */
export type Side = 'first' | 'second';

/** One place at which two versions differ. */
export interface Difference {
  /** `PID-5.2`, `NK1[2]` for a whole segment, `order` for the order of segments. Unique within one comparison. */
  readonly path: string;
  /** Wire text, or `undefined` where that side has no such place. */
  readonly first: string | undefined;
  readonly second: string | undefined;
  /** Who changed it since both were the same. `both` also where nobody knows what they had in common. */
  readonly changed: Side | 'both';
}

/** The versions, and what both came from, where that is known. */
export interface Versions<T> {
  readonly first: T;
  readonly second: T;
  readonly base?: T | undefined;
}

/** Says who changed a value. `base` is the text they had in common; `null` when that is not known. */
export function whoChanged(
  first: string | undefined,
  second: string | undefined,
  base: string | undefined | null,
): Difference['changed'] {
  if (base === first) return 'second';
  return base === second ? 'first' : 'both';
}
