import type { Delimiters } from '../codec/delimiters.ts';
import { encode } from '../codec/encode.ts';
import { decode } from '../codec/escape.ts';
import type { ParsedText } from '../codec/parse.ts';
import { edited } from '../edit/edit.ts';
import { findPlaceholders } from '../variables/placeholder.ts';
import { type IdentifyingLeaf, identifyingLeaves, mayTell } from './identifyingLeaves.ts';
import { tellsNothing, textAround } from './tellsNothing.ts';
import { plainTestValue, testValue } from './testValue.ts';
import type { ValueKind } from './valueKind.ts';

/** Numbers the values of a kind in the order in which they are first seen, from 1; the same value has the same number. */
export type NumberOf = (kind: ValueKind, value: string) => number;

/**
 * The text with a made-up value in the place of each identifying one, the same for the same wherever `numberOf` is the
 * same. Separators, blanks around values, placeholders, HL7 nulls and all other fields stay as they are, to the byte.
 */
export function withTestValues(parsed: ParsedText, numberOf: NumberOf): string {
  const changes = Array.from(identifyingLeaves(parsed), (leaf) => {
    const from = leaf.segment.start + leaf.start;
    return { from, to: from + leaf.wire.length, insert: testWire(leaf, numberOf) };
  });
  return edited(parsed.text, changes).text;
}

/** The same for a value that is to be put in the place of a placeholder. */
export function testValueFor(kind: ValueKind, value: string, numberOf: NumberOf): string {
  if (!mayTell(kind, value)) return value;
  return within(value, (core) => testValue(kind, numberOf(kind, core), core));
}

function testWire({ wire, kind, delimiters }: IdentifyingLeaf, numberOf: NumberOf): string {
  const placeholders = findPlaceholders(wire);
  if (placeholders.length === 0) return encodedFor(wire, { kind, delimiters, numberOf });
  return textAround(wire)
    .map((piece, i) => {
      const made = tellsNothing(piece) ? piece : encodedFor(piece, { kind: 'text', delimiters, numberOf });
      const [before, behind] = [placeholders[i - 1], placeholders[i]];
      // Next to a letter or digit, a placeholder would be none any more.
      const head = made !== piece && before && !/^\s/.test(made) ? ' ' : '';
      const tail = made !== piece && behind && !/\s$/.test(made) ? ' ' : '';
      return head + made + tail + (behind?.id ?? '');
    })
    .join('');
}

interface Writing {
  readonly kind: ValueKind;
  readonly delimiters: Delimiters;
  readonly numberOf: NumberOf;
}

function encodedFor(wire: string, { kind, delimiters, numberOf }: Writing): string {
  return within(wire, (core) => {
    const value = decode(core, delimiters);
    const number = numberOf(kind, value);
    const encoded = encode(testValue(kind, number, value), delimiters);
    return encoded.kind === 'encoded' ? encoded.wire : plainTestValue(numberOf('text', value));
  });
}

/** What stands between the blanks around a text, made anew. */
function within(text: string, make: (core: string) => string): string {
  const core = text.trim();
  const at = text.indexOf(core);
  return text.slice(0, at) + make(core) + text.slice(at + core.length);
}
