/** The name of an unnumbered placeholder, and what every numbered one begins with (hl7.md 6). */
export const PLACEHOLDER = 'HELPERVARIABLE';

/** The highest number a placeholder may have. */
export const LAST_GROUP = 999;

/** One place in a leaf that waits for a value. */
export interface Placeholder {
  /** `HELPERVARIABLE` or `HELPERVARIABLE7`: the key of its value. */
  readonly id: string;
  /** Its number: equal ones share one value. `null` for the unnumbered, which share one as well. */
  readonly group: number | null;
  /** Offsets in the scanned text. */
  readonly from: number;
  readonly to: number;
}

/** A letter, mark, digit or underscore of any script next to the name makes it plain text. */
const WORD = '[\\p{L}\\p{M}\\p{Nd}_]';
const PATTERN = new RegExp(`(?<!${WORD})${PLACEHOLDER}([1-9]\\d{0,2})?(?!${WORD})`, 'gu');

/** The placeholders in the wire text of one leaf, in order. The one rule: everything that looks for them asks here. */
export function findPlaceholders(leaf: string): Placeholder[] {
  // Nearly all leaves hold none, and this finds out many times faster than the pattern.
  if (!leaf.includes(PLACEHOLDER)) return [];
  return Array.from(leaf.matchAll(PATTERN), ({ 0: id, 1: number, index }) => ({
    id,
    group: number === undefined ? null : Number(number),
    from: index,
    to: index + id.length,
  }));
}

/** The name of a placeholder with this number, or of the unnumbered one. */
export function placeholderId(group: number | null): string {
  return PLACEHOLDER + (group ?? '');
}

/** Which of eight colours a numbered placeholder has, 0 to 7; `null` is the colour of the unnumbered. */
export function colourOf(group: number | null): number | null {
  return group === null ? null : (group - 1) % 8;
}
