import type { RecordLine, readLines } from './lines.ts';
import { parsed } from './pages.ts';
import type { Stored } from './stored.ts';

export interface Templates {
  /** A plain list, as the app imports it. */
  rows: unknown[];
  /** How many do not match their checksum; those say so in their names. Null: the browser cannot work checksums out. */
  damaged: number | null;
}

/**
 * The newest readable version of every template that was not deleted, and those that only the earlier app had.
 *
 * @param told  what the lines say
 */
export async function templatesIn(
  stored: Stored,
  { templates }: ReturnType<typeof readLines>,
): Promise<Templates> {
  const rows: unknown[] = [];
  let damaged = 0;
  for (const line of templates.values()) {
    if (!line) continue;
    const isDamaged = crypto.subtle && (await checksumOf(line)) !== line.checksum;
    if (isDamaged) damaged += 1;
    rows.push(isDamaged ? { ...line.data, name: `${line.data?.name} (damaged?)` } : line.data);
  }
  const known = new Set<unknown>(templates.keys());
  for (const row of oldRows(stored)) {
    const { id } = (row ?? {}) as { id?: unknown };
    if (!id || known.has(id)) continue;
    known.add(id);
    rows.push(row);
  }
  // Plain http has no means to work checksums out.
  return { rows, damaged: crypto.subtle ? damaged : null };
}

/** The lists of the earlier app, what it wrote last first: bare, or as `data` of an envelope. */
function oldRows({ old, texts }: Stored): unknown[] {
  const values = old.stores?.flatMap((store) => store.values) ?? [];
  const found = values.find(({ key }) => key === 'templates');
  return [
    found && 'value' in found && found.value,
    parsed(texts['hl7-helper:templates'] ?? ''),
    parsed(texts.hl7_templates ?? ''),
  ].flatMap((value) => {
    const rows = Array.isArray(value) ? value : (value as { data?: unknown } | null)?.data;
    return Array.isArray(rows) ? rows : [];
  });
}

/** SHA-256 of content and identity, 64 hex digits: the lines are canonical, so that parsing keeps their order. */
async function checksumOf({ createdAt, data, id, store, updatedAt, version }: RecordLine): Promise<string> {
  const text = JSON.stringify({ createdAt, data, id, store, updatedAt, version }).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
