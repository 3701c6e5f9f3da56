import { appFiles } from '../../src/app/stores/files/appFiles.ts';
import { toBytes } from '../../src/vault/bytes.ts';
import { canonical, isPlainObject } from '../../src/vault/canonical.ts';
import { recordChecksum } from '../../src/vault/envelope.ts';
import { seedChecksum } from '../../src/vault/seedChecksum.ts';
import { sha256 } from '../../src/vault/sha256.ts';
import type { Json } from '../../src/vault/types.ts';

export type Outcome = 'accept' | 'accept-with-warnings' | 'reject';

/** One case of the import corpus; what each member means is in the corpus README. */
export interface ImportCase {
  readonly file: string;
  readonly class: string;
  readonly expect: Outcome;
  readonly why: string;
  readonly mustNotHappen: string;
  readonly code?: string;
  readonly label?: string;
  readonly startState?: 'existing';
  readonly strategy?: 'merge' | 'replace' | 'ask';
  readonly alsoAcceptable?: readonly Outcome[];
  readonly after?: string;
  readonly templatesCount?: number;
  readonly templatesDigest?: string;
  readonly budgetMs?: number;
  readonly regenerateWithOwnExporter?: boolean;
  readonly expectInOwnFormat?: Outcome;
  readonly bytes: number;
  readonly sha256: string;
}

type Members = { [member: string]: Json };

/** The digest of the corpus: proves that no code unit of a template changed. */
export function templatesDigest(templates: readonly Json[]): string {
  const lines = templates.map((template) => {
    const { id, name, description, messageType, content, createdAt } = template as Members;
    return JSON.stringify([id, name, description, messageType, content, createdAt]);
  });
  return sha256(new TextEncoder().encode(lines.join('\n')));
}

/**
 * The same content, and the same lie, in our own format. Checksums that were right are right again, wrong ones stay
 * wrong; what no exporter of ours could have read goes in as it stands.
 *
 * @param isForged  the lie is one that the seed's checksum cannot see: then the content is changed in that way after
 *                  the checksums were made
 */
export function inOwnFormat(seed: Uint8Array, isForged: boolean): Uint8Array<ArrayBuffer> {
  const file = JSON.parse(new TextDecoder().decode(seed)) as Members;
  const data = isPlainObject(file.data)
    ? Object.fromEntries(Object.entries(file.data).map(([name, part]) => [name, ownPart(name, part as Json)]))
    : file.data;
  const text = canonical({ ...file, format: 1, ...(data !== undefined && { data: data as Json }) });
  return toBytes(isForged ? forged(text) : text);
}

function ownPart(name: string, part: Json): Json {
  if (!isPlainObject(part)) return part;
  const { checksum, data, ...head } = part as Members;
  const isIntact = checksum === seedChecksum(data);
  const rows = recordsOf(name, data, head);
  const own: Members = { ...head, ...(rows !== undefined && { data: rows }) };
  const { createdAt, updatedAt, version } = own;
  if (isIntact && rows !== undefined)
    own.checksum = sha256(canonical(withoutAbsent({ createdAt, data: rows, updatedAt, version })));
  else if (checksum !== undefined) own.checksum = checksum;
  return own;
}

function recordsOf(name: string, data: Json | undefined, head: Members): Json | undefined {
  if (data === undefined) return undefined;
  const read = appFiles.stores.get(name)?.fromSeed(data, 1);
  const isReadable = read?.kind === 'rows' && read.rows.every(({ kind }) => kind === 'sound');
  if (isReadable)
    return read.rows.flatMap((row) =>
      row.kind === 'sound' ? [ownRecord(name, row.id, row.data, head)] : [],
    );
  const isList = appFiles.stores.get(name)?.fromSeed([], 1).kind === 'rows';
  if (!isList) return [ownRecord(name, name, data, head)];
  return Array.isArray(data) ? data.map((row) => ownRecord(name, idOf(row), row, head)) : data;
}

function ownRecord(store: string, id: Json, data: Json, head: Members): Json {
  const { version, createdAt, updatedAt } = head;
  const content = withoutAbsent({ createdAt, data, id, store, updatedAt, version });
  const checksum = recordChecksum({ version: 0, createdAt: '', updatedAt: '', ...content } as never);
  return { ...content, checksum };
}

function idOf(row: Json): Json {
  return isPlainObject(row) ? ((row as Members).id ?? 'no-id') : 'no-id';
}

function withoutAbsent(members: { [member: string]: Json | undefined }): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Members;
}

/** Moves 31 from one letter to the one before it: the seed's hash stays what it was. */
function forged(text: string): string {
  const changed = text.replace(/"name":"([A-Za-y])([A-Za-z])/, (_, one: string, two: string) => {
    const by = two.charCodeAt(0) >= 0x61 ? 1 : -1;
    return `"name":"${String.fromCharCode(one.charCodeAt(0) + by, two.charCodeAt(0) - 31 * by)}`;
  });
  if (changed === text) throw new Error('nothing to forge');
  return changed;
}
