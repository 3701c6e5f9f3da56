import { tellsNothing } from './tellsNothing.ts';
import { isTestDate, testDate } from './testDate.ts';
import type { ValueKind } from './valueKind.ts';

/** Kinds that are words. Letters and digits never divide, so they need no escape, whatever the delimiters are. */
const WORDS = {
  family: 'TESTFAMILY',
  given: 'TESTGIVEN',
  title: 'TESTTITLE',
  street: 'TESTSTREET',
  town: 'TESTTOWN',
  region: 'TESTREGION',
  organisation: 'TESTORG',
  identifier: 'TESTID',
  code: 'TESTCODE',
  text: 'TESTVALUE',
} as const;

/** No telephone number begins like this, and no postal code like the other. */
const DIGITS = /^0000\d{4,}$/;
const POSTCODE = /^000\d{2,}$/;
/** `.invalid` is nobody's (RFC 2606), and 2.999 is the arc for examples (ITU-T X.660). */
const MAIL = /^test\d+@example\.invalid$/;
const UNIVERSAL_ID = /^2\.999\.\d+$/;

const LETTER = '[\\p{L}\\p{M}\\p{N}]';
const ANY_WORD = new RegExp(
  `(?<!${LETTER})(?:${Object.values(WORDS).join('|')})[1-9]\\d*(?!${LETTER})`,
  'gu',
);

/**
 * An obviously made-up, well-formed value of its kind: another one for each number, from 1.
 *
 * @param like  the value it stands for: of a date, how exact it is
 */
export function testValue(kind: ValueKind, number: number, like: string): string {
  switch (kind) {
    case 'date':
      return testDate(number, like);
    case 'phone':
    case 'number':
      return `0000${String(number).padStart(4, '0')}`;
    case 'postcode':
      return `000${String(number).padStart(2, '0')}`;
    case 'mail':
      return `test${number}@example.invalid`;
    case 'universalId':
      return `2.999.${number}`;
    default:
      return WORDS[kind] + number;
  }
}

/** A value for a place in which that of its kind cannot be written. */
export function plainTestValue(number: number): string {
  return WORDS.text + number;
}

/**
 * Whether a value says by itself that it is a made-up one, alone or among placeholders. Words do so anywhere, digits only
 * where values of their kind stand: an identifier may well begin with zeros.
 */
export function isTestValue(kind: ValueKind, value: string): boolean {
  const rest = value.replace(ANY_WORD, ' ');
  return isOfKind(kind, value.trim()) || (rest !== value && tellsNothing(rest));
}

function isOfKind(kind: ValueKind, value: string): boolean {
  switch (kind) {
    case 'date':
      return isTestDate(value);
    case 'phone':
    case 'number':
      return DIGITS.test(value);
    case 'postcode':
      return POSTCODE.test(value);
    case 'mail':
      return MAIL.test(value);
    case 'universalId':
      return UNIVERSAL_ID.test(value);
    default:
      return false;
  }
}
