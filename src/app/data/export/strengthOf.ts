export type Strength = 'weak' | 'fair' | 'strong';

/** A guess takes 600,000 rounds of SHA-256, about 2^19: with it, these are about 2^59 and 2^79 steps. */
const FAIR_BITS = 40;
const STRONG_BITS = 60;
/** A word that someone chose, out of those that come to mind. */
const WORD_BITS = 12;
const KINDS: readonly [RegExp, number][] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/\d/, 10],
  [/[^A-Za-z\d]/, 33],
];

/**
 * How long a passphrase would hold against guessing. An upper bound, without a dictionary: letters count by how many
 * different ones there are, and words that are separated never count as more than words.
 */
export function strengthOf(passphrase: string): Strength {
  const letters = [...passphrase];
  const alphabet = KINDS.reduce((sum, [kind, size]) => sum + (kind.test(passphrase) ? size : 0), 0);
  // What is repeated adds next to nothing.
  const different = new Set(letters).size;
  const byLetter = Math.min(letters.length, 2 * different) * Math.log2(Math.max(2, alphabet));
  const words = passphrase.split(/[\s\-_.,]+/).filter((word) => /^[A-Za-z]{3,}$/.test(word));
  const isWords = words.join('').length >= 0.7 * letters.length;
  const bits = isWords ? Math.min(byLetter, new Set(words).size * WORD_BITS) : byLetter;
  if (bits < FAIR_BITS) return 'weak';
  return bits < STRONG_BITS ? 'fair' : 'strong';
}
