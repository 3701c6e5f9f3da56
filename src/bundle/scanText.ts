import type { Place } from './verdict.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
/** What may follow a backslash, but for `u` and four hex digits: `"\/bfnrt`. */
const ESCAPABLE = new Set([0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74]);
const FOUR_HEX = /[0-9a-fA-F]{4}/y;

/** The next place that is no white space of JSON: space, tab, LF, CR. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return at;
    at += 1;
  }
}

/** Behind the closing quote of the string that begins at `from`; or where it stops being one. */
export function stringEnd(
  text: string,
  from: number,
): { kind: 'closed'; at: number; hasEscapes: boolean } | { kind: 'broken'; at: number } {
  let hasEscapes = false;
  let at = from + 1;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return { kind: 'closed', at: at + 1, hasEscapes };
    if (unit < 0x20) return { kind: 'broken', at };
    if (unit !== BACKSLASH) {
      at += 1;
      continue;
    }
    hasEscapes = true;
    const length = escapeLength(text, at);
    if (length === 0) return { kind: 'broken', at: at + 6 > text.length ? text.length : at };
    at += length;
  }
  return { kind: 'broken', at: text.length };
}

/** Length of the escape sequence that begins at `at`; 0 where there is none. */
function escapeLength(text: string, at: number): number {
  const unit = text.charCodeAt(at + 1);
  if (ESCAPABLE.has(unit)) return 2;
  if (unit !== LETTER_U) return 0;
  FOUR_HEX.lastIndex = at + 2;
  return FOUR_HEX.test(text) ? 6 : 0;
}

/** As an editor counts: CR, LF and CR LF end a line. */
export function lineAndColumn(text: string, at: number): Place {
  let line = 1;
  let lineStart = 0;
  const lineEnd = /\r\n?|\n/g;
  for (let found = lineEnd.exec(text); found && found.index < at; found = lineEnd.exec(text)) {
    line += 1;
    lineStart = lineEnd.lastIndex;
  }
  return { line, column: Math.max(at - lineStart, 0) + 1 };
}
