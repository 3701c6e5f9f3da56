import type { Delimiters } from './delimiters.ts';
import { type Encoded, encode, type NotEncodable } from './encode.ts';
import { type Token, tokenAt, tokenise } from './escape.ts';

/**
 * Writes a new value over a leaf and keeps the wire form of what was not changed: old and new text are aligned by
 * their common beginning and end, those parts keep their wire tokens, and only the rest is encoded (hl7.md 5.5).
 */
export function alignedEncode(
  oldWire: string,
  value: string,
  delimiters: Delimiters,
): Encoded | NotEncodable {
  const tokens = tokenise(oldWire, delimiters);
  const oldText = tokens.map((token) => token.text).join('');
  const shorter = Math.min(oldText.length, value.length);
  let common = 0;
  while (common < shorter && oldText[common] === value[common]) common += 1;
  const head = keptTokens(tokens, common);
  const headText = textOf(head);

  common = 0;
  const room = shorter - headText.length;
  while (common < room && oldText.at(-1 - common) === value.at(-1 - common)) common += 1;
  const tail = keptTokens(tokens.toReversed(), common, 'end').reverse();
  const tailText = textOf(tail);

  const encoded = encode(value.slice(headText.length, value.length - tailText.length), delimiters);
  if (encoded.kind === 'refused') return encoded;
  const wire = wireOf(head) + encoded.wire + wireOf(tail);

  // A lone escape character may begin a sequence with what now follows it; then it must be written as data after all.
  const lastEscape = head.findLastIndex((token) => token.kind !== 'text');
  if (head[lastEscape]?.kind !== 'lone') return { kind: 'encoded', wire };
  const before = head.slice(0, lastEscape);
  if (tokenAt(wire, wireOf(before).length, delimiters).kind === 'lone') return { kind: 'encoded', wire };
  const rest = encode(value.slice(textOf(before).length, value.length - tailText.length), delimiters);
  return rest.kind === 'refused'
    ? rest
    : { kind: 'encoded', wire: wireOf(before) + rest.wire + wireOf(tail) };
}

/** The tokens that cover `length` characters of text; text is cut to fit, an escape sequence is kept whole or not. */
function keptTokens(tokens: readonly Token[], length: number, side: 'start' | 'end' = 'start'): Token[] {
  const kept: Token[] = [];
  let room = length;
  for (const token of tokens) {
    if (room === 0) break;
    if (token.text.length <= room) {
      kept.push(token);
      room -= token.text.length;
      continue;
    }
    if (token.kind === 'text') {
      const text = side === 'start' ? token.text.slice(0, room) : token.text.slice(-room);
      kept.push({ kind: 'text', wire: text, text });
    }
    break;
  }
  return kept;
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map((token) => token.text).join('');
}

function wireOf(tokens: readonly Token[]): string {
  return tokens.map((token) => token.wire).join('');
}
