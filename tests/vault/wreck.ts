import { expect } from 'vitest';
import type { Key, Kind } from '../../src/engines/contract.ts';
import { fromBase64, toBytes, toText } from '../../src/vault/bytes.ts';
import { canonical } from '../../src/vault/canonical.ts';
import type { Vault, Verdict } from '../../src/vault/contract.ts';
import { fold } from '../../src/vault/fold.ts';
import { headText } from '../../src/vault/head.ts';
import { decodeQuarantined } from '../../src/vault/quarantine.ts';
import { sha256 } from '../../src/vault/sha256.ts';
import { change, firstRun, makeWorld, plan, save, type World } from './world.ts';

/**
 * Thirty records, r0 to r29. Snapshots of 1 and 6, the log of 1 to 9: three roads. Commits 2 to 6 edit r1 to r5 once more, 7 to
 * 9 edit r7 to r9.
 */
export async function grown(): Promise<{ world: World; vault: Vault }> {
  const world = await makeWorld();
  const vault = firstRun(world);
  const ids = Array.from({ length: 30 }, (_, i) => `r${i}`);
  await vault.append(plan(ids.map((id) => change(vault, 'notes', id, { text: 'first' })))).outcome;
  await fold(world.connection, world);
  for (const i of [1, 2, 3, 4, 5]) await save(vault, `r${i}`, { text: 'second' });
  await fold(world.connection, world);
  for (const i of [7, 8, 9]) await save(vault, `r${i}`, { text: 'third' });
  return { world, vault };
}

/** What is stored, as text. */
export async function textAt({ connection }: World, kind: Kind, key: Key): Promise<string> {
  return toText((await connection.read([kind], (reader) => reader.get(kind, key))) as Uint8Array);
}

/** Changes what is stored, past all checks of the writer. */
export async function edit(world: World, kind: Kind, key: Key, change: (text: string) => string) {
  const text = await textAt(world, kind, key);
  const changed = change(text);
  expect(changed).not.toBe(text);
  await world.putRaw(kind, key, toBytes(changed));
}

/** Damages the content of a record, so that its line still says which one it is. */
export const spoil = (id: string) => (text: string) =>
  text.replace(new RegExp(`"text":"(\\w+)"},"id":"${id}"`), `"text":"$1!"},"id":"${id}"`);

/** Makes a stored page of one sheet again as only its writer could: other members or lines, under a digest and seal that hold. */
export const forged =
  (members: object, change: (lines: string) => string = (lines) => lines) =>
  (text: string) => {
    const end = text.indexOf('\n') + 1;
    const lines = change(text.slice(end));
    const { seal: _, ...header } = JSON.parse(text.slice(0, end)) as { [member: string]: unknown };
    const unsealed = { ...header, pages: [sha256(lines)], ...members };
    return `${canonical({ ...unsealed, seal: sha256(canonical(unsealed)) })}\n${lines}`;
  };

/** Makes the head name a commit, as it is stored now. */
export async function nameInHead(world: World, seq: number): Promise<void> {
  const [line = ''] = (await textAt(world, 'log', [seq, 0])).split('\n');
  const { seal } = JSON.parse(line) as { seal: string };
  await world.putRaw('head', 'head', toBytes(headText({ seq, seal })));
}

export async function loadDamaged(world: World): Promise<Extract<Verdict, { kind: 'damaged' }>> {
  const verdict = await world.load();
  if (verdict.kind !== 'damaged') throw new Error(verdict.kind);
  return verdict;
}

/** What is in quarantine: where it was, and what it is. */
export async function copiesIn({ connection }: World): Promise<[where: string | undefined, text: string][]> {
  const entries = await connection.read(['quarantine'], (reader) => reader.entries('quarantine'));
  return entries.map((entry) => {
    const found = decodeQuarantined('value' in entry ? entry.value : null);
    return [found?.where, toText(fromBase64(found?.bytes ?? ''))];
  });
}
