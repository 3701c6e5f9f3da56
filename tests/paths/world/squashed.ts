import type { CommitHeader } from '../../../src/vault/commit.ts';
import { commitHeader } from '../../../src/vault/header.ts';
import { digestWith } from '../../../src/vault/sha256.ts';
import { changesOf, openSheetNow, toSheets } from '../../../src/vault/sheet.ts';
import { squash } from '../../../src/vault/squash.ts';
import type { RawDump } from '../../simulation/world/dump.ts';

/** The same dump after retention put one commit in place of all of them. */
export async function squashed(dump: RawDump): Promise<RawDump> {
  const entries = (dump.log ?? []).map(([key, value]) => ({ key: key as [number, number], value }));
  const [first, ...rest] = toSheets('log', entries).map((sheet) => {
    const header = commitHeader(sheet) as CommitHeader;
    return { header, changes: changesOf(openSheetNow(sheet), header.pages) ?? [] };
  });
  if (!first) throw new Error('There is nothing to squash');
  const { header, pages } = await squash([first, ...rest], digestWith(undefined));
  return { ...dump, log: pages.map((page, index) => [[header.seq, index], page]) };
}
