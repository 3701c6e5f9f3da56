import type { Entry, Writer } from '../engines/contract.ts';
import { StorageError } from '../engines/errors.ts';
import { isBytes, toBytes, toText } from './bytes.ts';
import { canonical, isPlainObject } from './canonical.ts';
import type { Damage, Stored } from './contract.ts';
import { damagedValue, keepInQuarantine } from './quarantine.ts';
import { sha256 } from './sha256.ts';
import type { Json } from './types.ts';

/** A mark as stored: bound to its name, so that one put under another name is damage. */
function encodeMark(name: string, value: Json): Uint8Array<ArrayBuffer> {
  return toBytes(canonical({ checksum: markChecksum(name, value), value }));
}

/** @throws StorageError of class `corrupt` when it is not as it was written */
export function decodeMark(name: string, stored: unknown): Json {
  try {
    const mark: unknown = isBytes(stored) ? JSON.parse(toText(stored)) : null;
    if (isPlainObject(mark) && mark.checksum === markChecksum(name, mark.value)) {
      return mark.value as Json;
    }
  } catch {
    // No JSON: the same as a wrong checksum.
  }
  throw new StorageError('corrupt', 'a mark is not as it was written');
}

/** A mark among what was read; `undefined` when it is absent or damaged. */
export function readMark({ marks }: Pick<Stored, 'marks'>, name: string): Json | undefined {
  const entry = marks.find(({ key }) => key === name);
  return entry && 'value' in entry && isSoundMark(name, entry.value)
    ? decodeMark(name, entry.value)
    : undefined;
}

/** Sets or, with `null`, removes a mark within the caller's transaction. One that is damaged is quarantined first. */
export async function putMark(
  writer: Writer,
  { name, value, at }: { name: string; value: Json; at: string },
): Promise<void> {
  const found = await writer.get('marks', name);
  if (found !== undefined && !isSoundMark(name, found)) {
    await keepInQuarantine(writer, damagedValue('marks', name, found, at));
  }
  if (value === null) writer.delete('marks', name);
  else writer.put('marks', name, encodeMark(name, value));
}

/** The marks that are not as they were written. Never throws. */
export function checkMarks(marks: readonly Entry[]): Damage[] {
  return marks.flatMap((entry): Damage[] => {
    const place = {
      where: `marks ${JSON.stringify(entry.key)}`,
      source: { kind: 'marks' as const, key: entry.key },
    };
    if ('error' in entry) return [{ class: 'unreadable', ...place, repaired: false }];
    if (isSoundMark(String(entry.key), entry.value)) return [];
    return [{ class: 'corrupt:checksum', ...place, repaired: false }];
  });
}

function isSoundMark(name: string, stored: unknown): boolean {
  try {
    decodeMark(name, stored);
    return true;
  } catch {
    return false;
  }
}

function markChecksum(name: string, value: unknown): string {
  return sha256(canonical({ name, value }));
}
