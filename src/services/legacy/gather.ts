import type { FoundSource } from '../../../machines/migration.types.ts';
import type { Stored } from '../../vault/contract.ts';
import { sha256 } from '../../vault/sha256.ts';
import type { Hands } from '../hands.ts';
import type { LegacyDomain, LegacyReader, LegacyReading } from './domain.ts';
import { type Look, lookAtPlaces } from './look.ts';
import { type SourceMark, sourceMark } from './marks.ts';
import { strandedSource } from './stranded.ts';
import { textBytes } from './textBytes.ts';

/** What looking at sources takes. */
export interface LegacyHands extends Hands {
  /** Without it there never was an earlier version. */
  readonly legacy?: LegacyDomain;
}

/** Every source that holds something, and those of which that is not known. Changes none, and never throws. */
export async function gatherSources(
  hands: LegacyHands,
  stored: Pick<Stored, 'marks'>,
): Promise<FoundSource[]> {
  const { legacy, environment } = hands;
  if (!legacy) return [];
  const reader = await legacy.reader();
  const looks = await lookAtPlaces(environment, legacy.places);
  const found = legacy.places.flatMap((place): FoundSource[] => {
    const look = looks.get(place) ?? { kind: 'absent' };
    const mark = sourceMark(stored, place.name);
    return sourceOf(place.name, look, mark, (text) => reader.read(place, text));
  });
  const stranded = await strandedSource(hands, stored);
  return stranded ? [...found, stranded] : found;
}

/** Not looked at as it is now, or out of sight. */
export function isPending({ answer }: FoundSource): boolean {
  return answer === 'read' || answer === 'kept' || answer === 'unreadable';
}

function sourceOf(
  name: string,
  look: Look,
  mark: SourceMark | null,
  read: (text: string) => ReturnType<LegacyReader['read']>,
): FoundSource[] {
  const source = { name, rows: [], hash: '', whole: null, taken: mark?.taken ?? [], failure: null };
  if (look.kind === 'absent') return [];
  if (look.kind === 'unreadable') return [{ ...source, answer: 'unreadable', failure: look.failure }];
  const { text } = look;
  const hash = sha256(textBytes(text));
  if (mark?.hash === hash) return [{ ...source, hash, answer: 'known' }];
  const reading = read(text);
  switch (reading.kind) {
    case 'empty':
      return [{ ...source, hash, answer: 'empty' }];
    case 'kept':
      return [{ ...source, hash, answer: 'kept', whole: { text, why: reading.why } }];
    case 'rows':
      return [{ ...source, hash, answer: 'read', rows: reading.rows, whole: wholeOf(reading, text) }];
  }
}

/** What a person, or this reader, might have to look at once more is kept as it was found, to the last space. */
function wholeOf({ rows, isSuspect }: Extract<LegacyReading, { kind: 'rows' }>, text: string) {
  if (isSuspect) return { text, why: 'checksum' };
  return rows.some(({ kind }) => kind === 'invalid') ? { text, why: 'invalid' } : null;
}
