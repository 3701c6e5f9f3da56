import { canonical } from '../vault/canonical.ts';
import type { Json } from '../vault/types.ts';

/** Equal to a person: the same but for how lines end. What is stored is never normalised, only what is compared. */
export function isAlike(one: Json, other: Json): boolean {
  return one === other || withoutLineEnds(one) === withoutLineEnds(other);
}

/** Canonical text in which every line ends with CR. In it, CR and LF of strings are always written as escapes. */
function withoutLineEnds(data: Json): string {
  // An escaped backslash must not lend its second half to an `n` behind it.
  return canonical(data).replace(/\\(?:r\\n|n|.)/g, (found) =>
    found === '\\n' || found === '\\r\\n' ? '\\r' : found,
  );
}
