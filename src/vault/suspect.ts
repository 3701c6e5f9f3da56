import { toBase64, toText } from './bytes.ts';
import { isPlainObject } from './canonical.ts';
import type { Damage, Versions } from './contract.ts';
import { recordChecksum } from './envelope.ts';
import type { Line, Sheet } from './sheet.ts';
import type { Aside, Envelope, RecordClass } from './types.ts';

/** A line that failed its checks. */
export interface Suspect {
  aside: Aside;
  damage: Damage;
  /** What its checksum may have been: as it says, and as its content gives. By these its twin is known on another road. */
  checksums: readonly string[];
  newer: Versions | null;
}

/** Names a damaged line as well as can be. Never throws. */
export function makeSuspect(line: Line, { kind, seq }: Sheet, why: RecordClass): Suspect {
  const bytes = line.bytes();
  const { store, id } = nameOf(line.value);
  const damage: Damage = {
    class: why as Damage['class'],
    where: `${kind} [${seq}, ${line.page}] line ${line.index + 1}`,
    source: { kind, key: [seq, line.page] },
    ...(store !== null && { store }),
    ...(id !== null && { id }),
    repaired: false,
  };
  const version = recordIn(line.value)?.version;
  return {
    aside: { aside: toBase64(bytes), id, store, why },
    damage,
    checksums: checksumsOf(line.value, toText(bytes)),
    newer: why === 'newer-version' && store !== null ? { [store]: Number(version) } : null,
  };
}

function recordIn(value: unknown): { [member: string]: unknown } | undefined {
  const record = isPlainObject(value) && 'after' in value ? (value.after ?? value.before) : value;
  return isPlainObject(record) ? record : undefined;
}

function nameOf(value: unknown): { store: string | null; id: string | null } {
  const { store, id } = recordIn(value) ?? {};
  return { store: typeof store === 'string' ? store : null, id: typeof id === 'string' ? id : null };
}

function checksumsOf(value: unknown, text: string): string[] {
  // Only where a line begins: further on there is the checksum of what it replaced.
  const written = /^(?:\{"after":)?\{"checksum":"([0-9a-f]{64})"/.exec(text)?.[1];
  const given = givenBy(recordIn(value));
  return [written, given].filter((checksum) => checksum !== undefined);
}

function givenBy(record: { [member: string]: unknown } | undefined): string | undefined {
  try {
    return record && recordChecksum(record as unknown as Envelope);
  } catch {
    return undefined;
  }
}
