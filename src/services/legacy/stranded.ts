import type { FoundSource, LegacyRow } from '../../../machines/migration.types.ts';
import { classify } from '../../engines/classify.ts';
import { createLocalStorageEngine } from '../../engines/localstorage.ts';
import { namesFor } from '../../engines/localstorage-keys.ts';
import { createOwner } from '../../engines/owner.ts';
import { accessTextStore } from '../../engines/text-store.ts';
import { toBytes } from '../../vault/bytes.ts';
import { canonical } from '../../vault/canonical.ts';
import type { Stored, Verdict } from '../../vault/contract.ts';
import { allRecords } from '../../vault/draft.ts';
import { readStored, readWhole } from '../../vault/read.ts';
import type { Rules } from '../../vault/rules.ts';
import { digestWith, sha256 } from '../../vault/sha256.ts';
import type { Envelope } from '../../vault/types.ts';
import { verifyStored } from '../../vault/verify.ts';
import { convert } from '../converting.ts';
import type { Hands } from '../hands.ts';
import { openedBy } from '../opened.ts';

import { sourceMark } from './marks.ts';
import { strandedName } from './trace.ts';

const NAME = 'fallback engine';

/**
 * The vault of the same name that an earlier session wrote into localStorage, because IndexedDB did not open (I9). Its
 * bytes stay; of it comes what verified, record by record.
 *
 * @returns `null` when there is none. Never throws
 */
export async function strandedSource(
  hands: Hands,
  stored: Pick<Stored, 'marks'>,
): Promise<FoundSource | null> {
  const { environment, rules } = hands;
  const name = strandedName(hands);
  if (name === null) return null;
  const mark = sourceMark(stored, NAME);
  const source = { name: NAME, rows: [], hash: '', whole: null, taken: mark?.taken ?? [], failure: null };
  try {
    const store = accessTextStore(environment);
    const names = store.names().filter(namesFor(name).isValue).sort();
    if (names.length === 0) return null;
    const text = JSON.stringify(names.map((one) => [one, store.get(one)]));
    const hash = sha256(toBytes(text));
    if (mark?.hash === hash) return { ...source, hash, answer: 'known' };
    const owner = createOwner(createLocalStorageEngine(environment, name), environment);
    const { connection } = await openedBy(owner);
    try {
      const found = await readStored(connection);
      const verdict = await verifyStored(found, {
        rules,
        digest: digestWith(environment.subtle),
        witness: null,
        readWhole: () => readWhole(connection),
      });
      const rows = recordsOf(verdict).flatMap((record) => rowOf(record, rules));
      if (rows.length === 0 && verdict.kind === 'intact') return { ...source, hash, answer: 'empty' };
      // What did not verify is for a person to decide about, so all of it is kept besides.
      const whole = isSound(verdict) ? null : { text, why: 'damaged' };
      return { ...source, hash, rows, whole, answer: 'read' };
    } finally {
      owner.close();
    }
  } catch (error) {
    const { class: errorClass, platformName } = classify('read', error);
    return { ...source, answer: 'unreadable', failure: { class: errorClass, platformName } };
  }
}

function isSound(verdict: Verdict): boolean {
  return verdict.kind === 'intact' || (verdict.kind === 'outdated' && verdict.damage.length === 0);
}

function recordsOf(verdict: Verdict): readonly Envelope[] {
  return 'readable' in verdict ? verdict.readable : allRecords(verdict.state);
}

/** Records of a newer build, and such as a step of ours fails on, stay where they are. */
function rowOf(record: Envelope, rules: Rules): LegacyRow[] {
  const version = rules.get(record.store)?.version ?? 0;
  const data = record.version > version ? undefined : convert(record, rules);
  const text = canonical(record);
  if (data === undefined) return [{ kind: 'invalid', text }];
  const { store, id, createdAt, updatedAt } = record;
  const dates = { created: Date.parse(createdAt), updated: Date.parse(updatedAt) };
  return [{ kind: 'sound', text, isRepaired: false, record: { store, id, data, dates } }];
}
