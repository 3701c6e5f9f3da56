import type { Advice, Place, RefusalCode, Refused } from './verdict.ts';

const ADVICE: Readonly<Record<RefusalCode, Advice>> = {
  'too-large': 'export-in-parts',
  'empty-file': 'get-new-copy',
  'compressed-file': 'unpack',
  'wrong-encoding': 'save-as-utf8',
  'invalid-utf8': 'save-as-utf8',
  'not-json': 'choose-export',
  'too-deep': 'choose-export',
  'duplicate-key': 'undo-edits',
  'dangerous-key': 'undo-edits',
  'unsafe-integer': 'undo-edits',
  'not-a-bundle': 'choose-export',
  'wrong-application': 'choose-export',
  'bad-version': 'get-new-copy',
  'newer-version': 'update-app',
  'checksum-mismatch': 'get-new-copy',
  schema: 'get-new-copy',
};

/** A refusal, with what a person can do about it. */
export function refusal(
  code: RefusalCode,
  { at = null, isCutOff = false, salvage = null }: Partial<Omit<Refused, 'kind' | 'code' | 'advice'>> = {},
): Refused {
  const advice = isCutOff ? 'get-new-copy' : ADVICE[code];
  return { kind: 'refused', code, at, advice, isCutOff, salvage };
}

export function atPath(path: string): Place {
  return { path };
}
