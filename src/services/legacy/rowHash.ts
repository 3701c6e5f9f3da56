import type { LegacyRow } from '../../../machines/migration.types.ts';
import { canonical } from '../../vault/canonical.ts';
import { sha256 } from '../../vault/sha256.ts';
import type { Json } from '../../vault/types.ts';
import { textBytes } from './textBytes.ts';

/** Enough to tell rows of one person apart (64 bits), and short, for marks are read at every start. */
const DIGITS = 16;

/** Of what a record holds, whatever the order of its members and wherever it lay. */
export function dataHash(store: string, id: string, data: Json): string {
  return hashOf(canonical({ data, id, store }));
}

/** By this a row is known again: a sound one by what it holds, any other by its text. */
export function rowHash(row: LegacyRow): string {
  if (row.kind !== 'sound') return hashOf(row.text);
  const { store, id, data } = row.record;
  return dataHash(store, id, data);
}

function hashOf(text: string): string {
  return sha256(textBytes(text)).slice(0, DIGITS);
}
