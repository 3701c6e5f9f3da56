import { findPlaceholders } from '../variables/placeholder.ts';

/** Whether a text holds no more than placeholders, blanks and punctuation: it cannot say who somebody is. */
export function tellsNothing(text: string): boolean {
  return textAround(text).every((piece) => /^[\s\p{P}]*$/u.test(piece));
}

/** What stands before, between and behind the placeholders of a text. */
export function textAround(text: string): string[] {
  const pieces: string[] = [];
  let done = 0;
  for (const { from, to } of findPlaceholders(text)) {
    pieces.push(text.slice(done, from));
    done = to;
  }
  pieces.push(text.slice(done));
  return pieces;
}
