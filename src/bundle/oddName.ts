/** Line breaks, escape, and what turns the direction of text around. Other control characters show as nothing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const ACTING = /[\n\v\f\r\u001b\u0085\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
/** No script stacks so many marks on one letter. */
const STACKED = /\p{Mark}{8}/u;

/** A name that would be shown as something else than it is, or over its neighbours. */
export function oddName(name: string): boolean {
  return ACTING.test(name) || STACKED.test(name);
}
