import type { Delimiters } from './delimiters.ts';

/** The value cannot be written in this message: its header names no escape character (hl7.md 5.5). */
export interface NotEncodable {
  readonly kind: 'refused';
  readonly reason: 'no-escape-character';
}

export interface Encoded {
  readonly kind: 'encoded';
  readonly wire: string;
}

/** Any character that can need an escape: a control character, or what may be a delimiter. */
const CANDIDATE = /\r\n|[\p{P}\p{S}\p{Cc}]/gu;

/**
 * Writes a value as wire text, in one pass: delimiters in use become escapes, a line break (CRLF, LF or CR) becomes
 * `\.br\`, another control character except TAB becomes `\Xhh\`. Everything else is data and stays.
 */
export function encode(value: string, delimiters: Delimiters): Encoded | NotEncodable {
  let isRefused = false;
  const wire = value.replace(CANDIDATE, (character) => {
    const code = codeOf(character, delimiters);
    if (code === undefined) return character;
    isRefused ||= delimiters.escape === undefined;
    return `${delimiters.escape}${code}${delimiters.escape}`;
  });
  return isRefused ? { kind: 'refused', reason: 'no-escape-character' } : { kind: 'encoded', wire };
}

/** Escapes the delimiters in a text and leaves everything else, for delimiters that are all in use. */
export function encodeDelimiters(
  text: string,
  delimiters: { readonly [Role in keyof Delimiters]: string },
): string {
  return text.replace(CANDIDATE, (character) => {
    const code = delimiterCodeOf(character, delimiters);
    return code === undefined ? character : delimiters.escape + code + delimiters.escape;
  });
}

function codeOf(character: string, delimiters: Delimiters): string | undefined {
  switch (character) {
    case '\r\n':
    case '\r':
    case '\n':
      // Where the dot divides, `\.br\` would fall apart; the hexadecimal form of CR says the same.
      return Object.values(delimiters).includes('.') ? 'X0D' : '.br';
    case '\t':
      return undefined;
  }
  if (character < ' ') return `X${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  return delimiterCodeOf(character, delimiters);
}

function delimiterCodeOf(character: string, delimiters: Delimiters): string | undefined {
  switch (character) {
    case delimiters.field:
      return 'F';
    case delimiters.component:
      return 'S';
    case delimiters.repetition:
      return 'R';
    case delimiters.subcomponent:
      return 'T';
    case delimiters.escape:
      return 'E';
    default:
      return undefined;
  }
}
