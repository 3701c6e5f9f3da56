import type { ParsedText } from '../codec/parse.ts';
import { valueAt } from '../codec/read.ts';

/** What HL7 table 0211 calls UTF-8, and ASCII, which is a part of it. */
const WRITTEN_BY_US: ReadonlySet<string> = new Set(['UNICODE UTF-8', 'UTF-8', 'UTF8', 'ASCII']);

/**
 * The character set that the first message names in MSH-18, if it is not the one files are written in: whoever
 * downloads should hear of it (hl7.md 5.8).
 */
export function otherCharacterSet(parsed: ParsedText): string | undefined {
  const named = valueAt(parsed, 'MSH-18')?.trim();
  return named && named !== '""' && !WRITTEN_BY_US.has(named.toUpperCase()) ? named : undefined;
}
