import type { LegacyRecord } from '../../../machines/migration.types.ts';
import type { Envelope } from '../../vault/types.ts';
import type { LegacyReader } from './domain.ts';

type IsExample = LegacyReader['isExample'];

/**
 * Which of two versions of one record is the newer one (hl7.md 4, rule 4): by the later of its own dates, then by that of
 * the list it was in. An example that nobody edited loses. 0: nothing can tell.
 */
export function compareAge(one: LegacyRecord, other: LegacyRecord, isExample: IsExample): number {
  const byEditing = Number(isExample(other)) - Number(isExample(one));
  const byRow = lastOf(one.dates) - lastOf(other.dates);
  if (byEditing !== 0 || byRow !== 0) return byEditing || byRow;
  const { envelope: first } = one.dates;
  const { envelope: second } = other.dates;
  return first === undefined || second === undefined ? 0 : first - second;
}

/** The same, of what comes from outside and what is here: that bears the date of its list, if it came from one. */
export function compareWithCurrent(record: LegacyRecord, current: Envelope, isExample: IsExample): number {
  const byEditing = Number(isExample(current)) - Number(isExample(record));
  const currentMs = Math.max(Date.parse(current.createdAt), Date.parse(current.updatedAt));
  return byEditing || Math.max(lastOf(record.dates), record.dates.envelope ?? 0) - currentMs;
}

function lastOf({ created = 0, updated = 0 }: LegacyRecord['dates']): number {
  return Math.max(created, updated);
}
