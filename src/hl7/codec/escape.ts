import type { Delimiters } from './delimiters.ts';

/**
 * A piece of wire text: plain text, an escaped delimiter, another known sequence (shown as it stands), or an escape
 * character that begins no known sequence.
 */
export interface Token {
  readonly kind: 'text' | 'delimiter' | 'sequence' | 'lone';
  readonly wire: string;
  /** As a person sees it; differs from `wire` for delimiters only. */
  readonly text: string;
}

const DELIMITER_CODES = {
  F: 'field',
  S: 'component',
  R: 'repetition',
  T: 'subcomponent',
  E: 'escape',
} as const;

/** What stands between two escape characters in the other sequences of HL7 2.5, 2.7.1 to 2.7.6. */
const SEQUENCE_BODY =
  /^(?:[HN]|\.(?:br|fi|nf|ce)|\.(?:sp|sk|in|ti)\s*[+-]?\d*|X(?:[\dA-Fa-f]{2})+|C[\dA-Fa-f]{4}|M[\dA-Fa-f]{4}(?:[\dA-Fa-f]{2})?|Z.+)$/s;

/** The value of a leaf as a person sees it: one pass, left to right (hl7.md 5.4). */
export function decode(wire: string, delimiters: Delimiters): string {
  if (delimiters.escape === undefined || !wire.includes(delimiters.escape)) return wire;
  return tokenise(wire, delimiters)
    .map((token) => token.text)
    .join('');
}

/** Wire text of a leaf, in tokens. Their `wire` joined is the input. */
export function tokenise(wire: string, delimiters: Delimiters): Token[] {
  const { escape: opener } = delimiters;
  const tokens: Token[] = [];
  let done = 0;
  while (done < wire.length) {
    const at = opener === undefined ? -1 : wire.indexOf(opener, done);
    const end = at < 0 ? wire.length : at;
    if (end > done) tokens.push({ kind: 'text', wire: wire.slice(done, end), text: wire.slice(done, end) });
    if (at < 0) break;
    const token = tokenAt(wire, at, delimiters);
    tokens.push(token);
    done = at + token.wire.length;
  }
  return tokens;
}

/** The token that the escape character at `at` begins. */
export function tokenAt(wire: string, at: number, delimiters: Delimiters): Token {
  const opener = wire.charAt(at);
  const end = wire.indexOf(opener, at + 1);
  const body = end < 0 ? undefined : wire.slice(at + 1, end);
  if (body !== undefined) {
    const whole = wire.slice(at, end + 1);
    const character = isDelimiterCode(body) ? delimiters[DELIMITER_CODES[body]] : undefined;
    if (character !== undefined) return { kind: 'delimiter', wire: whole, text: character };
    // The code of a delimiter that is not in use means nothing here, so it is shown as it stands.
    if (isDelimiterCode(body) || SEQUENCE_BODY.test(body))
      return { kind: 'sequence', wire: whole, text: whole };
  }
  return { kind: 'lone', wire: opener, text: opener };
}

function isDelimiterCode(body: string): body is keyof typeof DELIMITER_CODES {
  return body.length === 1 && 'FSRTE'.includes(body);
}
