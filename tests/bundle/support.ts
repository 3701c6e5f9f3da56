import { appFiles } from '../../src/app/stores/files/appFiles.ts';
import { buildBundle } from '../../src/bundle/buildBundle.ts';
import { type CheckOptions, checkFile } from '../../src/bundle/checkFile.ts';
import type { ImportOptions, ImportPlan } from '../../src/bundle/importPlan.ts';
import { planImport } from '../../src/bundle/planImport.ts';
import type { Accepted, Checked, Refused } from '../../src/bundle/verdict.ts';
import { toBytes } from '../../src/vault/bytes.ts';
import type { Vault, VaultState } from '../../src/vault/contract.ts';
import { recordChecksum } from '../../src/vault/envelope.ts';
import { seedChecksum } from '../../src/vault/seedChecksum.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import type { Aside, Envelope, Json } from '../../src/vault/types.ts';
import { firstRun, makeWorld, type World } from '../vault/world.ts';

export const NOW = Date.UTC(2026, 2, 1, 9);
export const EXPORTED_AT = '2026-03-01T08:30:00.000Z';
const CREATED = '2026-01-02T03:04:05.678Z';
const UPDATED = '2026-02-03T04:05:06.789Z';

/** Vitest's limit for a test of so many runs, on a busy machine. */
export const timeFor = (runs: number) => ({ timeout: 20_000 + 60 * runs });

export const options: CheckOptions = { digest: digestWith(globalThis.crypto.subtle), now: NOW };

export function envelope(store: string, id: string, data: Json, more: Partial<Envelope> = {}): Envelope {
  const content = { createdAt: CREATED, updatedAt: UPDATED, version: 1, store, id, data, ...more };
  return { rev: 1, ...content, checksum: more.checksum ?? recordChecksum(content) };
}

export function templateData(id: string, more: { [member: string]: Json } = {}): { [member: string]: Json } {
  const content = `MSH|^~\\&|TEST|A|B|C|20260101||ADT^A01|${id}|P|2.5\rPID|1||HELPERVARIABLE1\r`;
  const data = { id, name: `Template ${id}`, description: '', messageType: 'ADT-A01', content };
  return { ...data, createdAt: 1_700_000_000_000, ...more };
}

export function template(id: string, more: { [member: string]: Json } = {}): Envelope {
  return envelope('templates', id, templateData(id, more));
}

export const settings = (data: Json): Envelope => envelope('settings', 'settings', data);

/** The bytes of an export of these records. */
export async function exportOf(
  records: readonly Envelope[],
  asides: Aside[] = [],
): Promise<Uint8Array<ArrayBuffer>> {
  const built = await buildBundle({ records, asides }, appFiles, { ...options, exportedAt: EXPORTED_AT });
  if (built.kind !== 'built') throw new Error(`not built: ${built.kind}`);
  return built.bytes;
}

export const check = (bytes: Uint8Array | string, more: Partial<CheckOptions> = {}): Promise<Checked> =>
  checkFile(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes, appFiles, {
    ...options,
    ...more,
  });

export async function accepted(bytes: Uint8Array | string): Promise<Accepted> {
  const checked = await check(bytes);
  if (checked.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(checked)}`);
  return checked;
}

export async function refused(bytes: Uint8Array | string): Promise<Refused> {
  const checked = await check(bytes);
  if (checked.kind !== 'refused') throw new Error(`not refused: ${checked.kind}`);
  return checked;
}

export const codes = ({ warnings }: Pick<Accepted, 'warnings'>): string[] => warnings.map(({ code }) => code);

/** Text of an export with something changed in it: checksums stay as they were. */
export async function changedExport(
  records: readonly Envelope[],
  change: (text: string) => string,
): Promise<Uint8Array<ArrayBuffer>> {
  const before = new TextDecoder().decode(await exportOf(records));
  const after = change(before);
  if (after === before) throw new Error('nothing was changed');
  return toBytes(after);
}

export async function plan(
  bytes: Uint8Array | string,
  state: VaultState,
  more: Partial<ImportOptions> = {},
): Promise<ImportPlan> {
  const { bundle } = await accepted(bytes);
  const usual = { strategy: 'merge', label: '1 template', pinName: 'before import', now: NOW } as const;
  return planImport(bundle, state, appFiles, { ...usual, ...more });
}

/** A vault over a memory engine that holds these records. */
export async function vaultWith(records: readonly Envelope[]): Promise<{ world: World; vault: Vault }> {
  const world = await makeWorld('memory', { rules: appFiles.stores });
  const vault = firstRun(world);
  await apply(vault, {
    plan: {
      kind: 'save',
      label: 'begin',
      changes: records.map(({ store, id, data, createdAt, updatedAt }) => ({
        store,
        id,
        data,
        createdAt,
        updatedAt,
        baseRev: 0,
      })),
    },
  });
  return { world, vault };
}

let commits = 0;
export async function apply(vault: Vault, { plan }: Pick<ImportPlan, 'plan'>): Promise<string> {
  if (!plan) throw new Error('there is nothing to apply');
  commits += 1;
  const id = `bundle-${commits}`;
  const outcome = await vault.append({ ...plan, id }).outcome;
  if (outcome.kind !== 'committed') throw new Error(`not committed: ${JSON.stringify(outcome)}`);
  return id;
}

export const recordsOf = ({ records }: VaultState): Envelope[] =>
  [...records.values()].flatMap((all) => [...all.values()]);

export const dataOf = (vault: Vault, id: string, store = 'templates'): Json | undefined =>
  vault.state().records.get(store)?.get(id)?.data;

/** The earlier app's export. */
export function seedFile(data: { [store: string]: Json }, more: { [member: string]: Json } = {}): string {
  const parts = Object.entries(data).map(([store, part]) => [store, seedPart(part)] as const);
  return JSON.stringify({
    version: 1,
    exportedAt: '2026-02-03T04:05:06.789Z',
    application: 'hl7-helper-web',
    data: Object.fromEntries(parts),
    ...more,
  });
}

export function seedPart(data: Json, more: { [member: string]: Json } = {}): Json {
  const dates = { createdAt: '2026-01-02T03:04:05.678Z', updatedAt: '2026-02-03T04:05:06.789Z' };
  return { version: 1, ...dates, checksum: seedChecksum(data) ?? '', data, ...more };
}
