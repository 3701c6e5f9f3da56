import type { Place } from './verdict.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The next place that is no white space of JSON: space, tab, LF, CR. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return at;
    at += 1;
  }
}

/** Behind the closing quote of the string that begins at `from`; `undefined` when the text ends first. */
export function stringEnd(text: string, from: number): number | undefined {
  for (let quote = text.indexOf('"', from + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    // Backslashes escape each other two by two; one that is left escapes the quote.
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return undefined;
}

/** Where the first string from `from` on goes wrong; `from` itself when none does. */
export function findStringFault(text: string, from: number): number {
  let isInside = false;
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) isInside = !isInside;
    else if (isInside && unit < 0x20) return at;
    else if (isInside && unit === BACKSLASH) {
      const length = escapeLength(text, at);
      if (length === 0) return at;
      at += length - 1;
    }
  }
  return from;
}

const ESCAPABLE = '"\\/bfnrt';
const FOUR_HEX = /u[0-9a-fA-F]{4}/y;

/** Length of the escape sequence that begins at `at` (RFC 8259, section 7); 0 where there is none. */
function escapeLength(text: string, at: number): number {
  if (ESCAPABLE.includes(text.charAt(at + 1))) return 2;
  FOUR_HEX.lastIndex = at + 1;
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
