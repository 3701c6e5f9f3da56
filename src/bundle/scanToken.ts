import { stringEnd } from './scanText.ts';

const QUOTE = '"';
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const LITERALS = ['true', 'false', 'null'];
const LONGEST_LITERAL = 5;

/** Ends right behind the token at `at`; where there is none, `broken` says how far it could be read. */
export type TokenEnd =
  | { kind: 'text' | 'literal' | 'broken'; at: number }
  | { kind: 'number'; at: number; isWhole: boolean };

/** A string, number, `true`, `false` or `null`. What is inside a string is not judged yet. */
export function scalarEnd(text: string, at: number): TokenEnd {
  if (text[at] === QUOTE) {
    const end = stringEnd(text, at);
    return end === undefined ? { kind: 'broken', at: text.length } : { kind: 'text', at: end };
  }
  const literal = LITERALS.find((word) => text.startsWith(word, at));
  if (literal) return { kind: 'literal', at: at + literal.length };
  NUMBER.lastIndex = at;
  const found = NUMBER.exec(text);
  if (found) return { kind: 'number', at: NUMBER.lastIndex, isWhole: !found[1] && !found[2] };
  const rest = text.slice(at, at + LONGEST_LITERAL);
  const isCutShort =
    at + rest.length === text.length && [...LITERALS, '-'].some((word) => word.startsWith(rest));
  return { kind: 'broken', at: isCutShort ? text.length : at };
}

/** The key of an object, decoded. */
export function keyAt(
  text: string,
  at: number,
): { kind: 'key'; name: string; at: number } | { kind: 'broken'; at: number } {
  if (text[at] !== QUOTE) return { kind: 'broken', at };
  const end = stringEnd(text, at);
  if (end === undefined) return { kind: 'broken', at: text.length };
  const quoted = text.slice(at, end);
  if (!NEEDS_DECODING.test(quoted)) return { kind: 'key', name: quoted.slice(1, -1), at: end };
  try {
    return { kind: 'key', name: JSON.parse(quoted) as string, at: end };
  } catch {
    return { kind: 'broken', at };
  }
}

/** An escape, or a control character, which no string may hold as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const NEEDS_DECODING = /[\\\u0000-\u001f]/;
