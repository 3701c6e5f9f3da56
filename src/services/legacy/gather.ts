import type { FoundSource } from '../../../machines/migration.types.ts';
import type { Stored } from '../../vault/contract.ts';
import { digestWith } from '../../vault/sha256.ts';
import type { Hands } from '../hands.ts';
import type { LegacyDomain, LegacyReading } from './domain.ts';
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
  const digest = digestWith(environment.subtle);
  const found: FoundSource[] = [];
  for (const place of legacy.places) {
    const look = looks.get(place);
    if (!look || look.kind === 'absent') continue;
    const hash = look.kind === 'found' ? await digest(textBytes(look.text)) : '';
    const mark = sourceMark(stored, place.name);
    found.push(sourceOf({ name: place.name, look, hash, mark }, (text) => reader.read(place, text)));
  }
  const stranded = await strandedSource(hands, stored);
  return stranded ? [...found, stranded] : found;
}

/** Not looked at as it is now, or out of sight. */
export function isPending({ answer }: FoundSource): boolean {
  return answer === 'read' || answer === 'kept' || answer === 'unreadable';
}

interface Looked {
  name: string;
  look: Exclude<Look, { kind: 'absent' }>;
  hash: string;
  mark: SourceMark | null;
}

function sourceOf({ name, look, hash, mark }: Looked, read: (text: string) => LegacyReading): FoundSource {
  const source = { name, rows: [], hash, whole: null, taken: mark?.taken ?? [], failure: null };
  if (look.kind === 'unreadable') return { ...source, answer: 'unreadable', failure: look.failure };
  const { text } = look;
  if (mark?.hash === hash) return { ...source, answer: 'known' };
  const reading = read(text);
  switch (reading.kind) {
    case 'empty':
      return { ...source, answer: 'empty' };
    case 'kept':
      return { ...source, answer: 'kept', whole: { text, why: reading.why } };
    case 'rows':
      return { ...source, answer: 'read', rows: reading.rows, whole: wholeOf(reading, text) };
  }
}

/** What a person, or this reader, might have to look at once more is kept as it was found, to the last space. */
function wholeOf({ rows, isSuspect }: Extract<LegacyReading, { kind: 'rows' }>, text: string) {
  if (isSuspect) return { text, why: 'checksum' };
  return rows.some(({ kind }) => kind === 'invalid') ? { text, why: 'invalid' } : null;
}
