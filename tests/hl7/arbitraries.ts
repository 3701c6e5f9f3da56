import fc from 'fast-check';
import type { Delimiters } from '../../src/hl7/index.ts';

/** Characters that may divide a message, and those that a value may hold beside them. */
const DELIMITER_CHARACTERS = [...'|^~\\&#@!%$*+-/:;<=>?_.,\'"()[]{}§£€«¬'];

/** Delimiters in use: any five, or fewer, in any order. */
export const delimiters: fc.Arbitrary<Delimiters> = fc
  .tuple(
    fc.shuffledSubarray(DELIMITER_CHARACTERS, { minLength: 5, maxLength: 5 }),
    fc.integer({ min: 0, max: 4 }),
  )
  .map(([[field = '|', component, repetition, opener, subcomponent], named]) => ({
    field,
    component,
    repetition: named > 1 ? repetition : undefined,
    escape: named > 2 ? opener : undefined,
    subcomponent: named > 3 ? subcomponent : undefined,
    ...(named === 0 && { component: '^', repetition: '~', escape: '\\', subcomponent: '&' }),
  }))
  // Unnamed delimiters are the usual ones, so the field separator must not be one of them.
  .filter(({ field, ...others }) => !Object.values(others).includes(field));

/** Delimiters with an escape character. */
export const fullDelimiters = delimiters.filter(
  (inUse) => inUse.escape !== undefined && inUse.subcomponent !== undefined,
);

/** The header line that sets these delimiters. */
export function headerFor({
  field,
  component,
  repetition,
  escape: opener,
  subcomponent,
}: Delimiters): string {
  return `MSH${field}${component ?? ''}${repetition ?? ''}${opener ?? ''}${subcomponent ?? ''}`;
}

/** Text with much of what HL7 cares about, and anything else. */
export const noise = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'MSH',
        'PID',
        'FHS',
        'BTS',
        'ZZ1',
        '|',
        '^',
        '~',
        '\\',
        '&',
        '\\F\\',
        '\\.br\\',
        '\\X0D\\',
        '\\Z',
      ),
      fc.constantFrom(
        '\r',
        '\n',
        '\r\n',
        '\t',
        '\v',
        '\x1C',
        '\uFEFF',
        '\u2028',
        '\x85',
        ' ',
        'HELPERVARIABLE7',
        '""',
      ),
      fc.constantFrom('MSH|^~\\&|', 'MSH#*~!&#', 'MSH|', 'PID|1||', 'PID|', 'A01'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

/** A value without line breaks and control characters, rich in whatever may be a delimiter. */
export const value = fc
  .array(
    fc.oneof(
      fc.constantFrom(...DELIMITER_CHARACTERS, 'F', 'S', 'E', 'X0D', '.br', 'Z'),
      fc.string({ maxLength: 4 }),
    ),
    {
      maxLength: 12,
    },
  )
  .map((pieces) => pieces.join(''));

/** Wire text of one leaf under these delimiters: any characters that do not divide, escapes and half escapes included. */
export function leafWire({ escape: opener, ...separators }: Delimiters): fc.Arbitrary<string> {
  const sequence = (body: string) => (opener === undefined ? body : opener + body + opener);
  const outside = new Set(Object.values(separators));
  return fc
    .array(
      fc.oneof(
        fc.constantFrom(...['F', 'S', 'R', 'T', 'E', 'H', 'X0D', 'Zx', '.br', '.sp3', 'q'].map(sequence)),
        fc.constantFrom(opener ?? '', 'F', 'S', 'E', 'H', 'ab', ' '),
        fc.string({ maxLength: 3 }),
      ),
      { maxLength: 10 },
    )
    .map((pieces) => [...pieces.join('')].filter((character) => !outside.has(character)).join(''));
}
