import { encode } from '../codec/encode.ts';
import { toCanonical } from '../codec/output.ts';
import { type ParsedText, parse } from '../codec/parse.ts';
import { type Change, edited, type Refusal } from '../edit/edit.ts';
import { type Occurrence, occurrencesOf } from './occurrences.ts';

/** The values of one instance. */
export interface Filling {
  /** By placeholder name. Absent, `""` and a value equal to the name itself are unfilled (hl7.md 3.2). */
  readonly values: Readonly<Record<string, string>>;
  /** Names of placeholders that are to be sent empty: not the same as unfilled. */
  readonly leftEmpty?: readonly string[];
}

export interface Filled {
  /** The output, in canonical form. */
  readonly text: string;
  /** Names of placeholders that are still in it, each once, in the order of the text. */
  readonly unfilled: readonly string[];
  /** Values that could not be written where they belong: their placeholders were kept. */
  readonly refused: readonly { readonly occurrence: Occurrence; readonly reason: Refusal }[];
}

/**
 * Puts values in the place of placeholders, in one pass, and touches nothing else. A value is data: it is encoded with
 * the delimiters in use at that place, and is not searched for placeholders again.
 */
export function fillPlaceholders(template: ParsedText, filling: Filling): Filled {
  const changes: Change[] = [];
  const unfilled = new Set<string>();
  const refused: { occurrence: Occurrence; reason: Refusal }[] = [];
  for (const occurrence of occurrencesOf(template)) {
    const { id, from, to, delimiters } = occurrence;
    const value = valueFor(id, filling);
    if (value === undefined) {
      unfilled.add(id);
      continue;
    }
    const encoded = encode(value, delimiters);
    if (encoded.kind === 'encoded') {
      changes.push({ from, to, insert: encoded.wire });
      continue;
    }
    unfilled.add(id);
    refused.push({ occurrence, reason: encoded.reason });
  }
  const { text } = edited(template.text, changes);
  return { text: toCanonical(parse(text)), unfilled: [...unfilled], refused };
}

/** Whether a stored value stands for no value: three encodings exist, absent is the one to write. */
export function isUnfilled(id: string, value: string | undefined): boolean {
  return value === undefined || value === '' || value === id;
}

/** The value for a placeholder; `undefined` if it is unfilled. */
function valueFor(id: string, { values, leftEmpty }: Filling): string | undefined {
  const value = Object.hasOwn(values, id) ? values[id] : undefined;
  if (leftEmpty?.includes(id)) return '';
  return isUnfilled(id, value) ? undefined : value;
}
