import { canonical } from '../vault/canonical.ts';
import type { Envelope } from '../vault/types.ts';

/** A record as an export holds it: its envelope without `rev`. */
export type Exported = Omit<Envelope, 'rev'>;

/** Canonical text of a record in an export. `data` is canonical already. */
export function recordText(record: Omit<Exported, 'data'>, data: string): string {
  const { checksum, createdAt, id, store, updatedAt, version } = record;
  return `{"checksum":${canonical(checksum)},"createdAt":${canonical(createdAt)},"data":${data},"id":${canonical(id)},"store":${canonical(store)},"updatedAt":${canonical(updatedAt)},"version":${canonical(version)}}`;
}

/**
 * What a part's checksum covers, canonical `{createdAt, data, updatedAt, version}`: what stands before its records, which
 * are canonical themselves and separated by commas, and what behind them.
 */
export function partFrame({
  createdAt,
  updatedAt,
  version,
}: Pick<Exported, 'createdAt' | 'updatedAt' | 'version'>): [before: string, behind: string] {
  return [
    `{"createdAt":${canonical(createdAt)},"data":[`,
    `],"updatedAt":${canonical(updatedAt)},"version":${canonical(version)}}`,
  ];
}
