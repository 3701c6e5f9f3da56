import { isDeepStrictEqual } from 'node:util';
import type { CommitResult } from '../../machines/types.ts';
import type { CommitPlan, Json } from '../../src/vault/types.ts';
import { decodeLog } from './oracle/decode.ts';
import { rebuild } from './oracle/rebuild.ts';
import type { RawDump } from './world/dump.ts';
import type { Edit, Page, PlanOptions } from './world/page.ts';

/** What a tab was told about an edit, and what it saw when it made it. */
export interface Claim {
  id: string;
  edits: { store: string; id: string; saw: Json | undefined; wrote: Json | undefined }[];
  /** `dead`: the tab ended before it was told anything. */
  said: CommitResult['kind'] | 'dead';
}

/** Everything that tabs were told, in the order they asked. The oracle holds the bytes against it. */
export class Claims {
  readonly all: Claim[] = [];

  /** Commits edits from what the page sees now, and remembers what came of it. */
  async make(
    page: Page,
    kind: CommitPlan['kind'],
    edits: readonly Edit[],
    options: PlanOptions = {},
  ): Promise<CommitResult> {
    const plan = page.plan(kind, edits, options);
    const claim: Claim = {
      id: plan.id,
      edits: edits.map(({ store, id, data }) => ({ store, id, saw: page.now(store, id), wrote: data })),
      said: 'dead',
    };
    this.all.push(claim);
    const result = await page.commit(plan);
    if (!page.tab.process.dead) claim.said = result.kind;
    return result;
  }

  count(said: Claim['said']): number {
    return this.all.filter((claim) => claim.said === said).length;
  }

  /**
   * Empty when nobody lost an edit in silence: what was acknowledged is in the log once, over exactly what its tab saw;
   * what was called anything else is not; what nobody was told about is either.
   */
  broken(dump: RawDump): string[] {
    const breaches = rebuild(dump).problems;
    const commits = decodeLog(dump);
    for (const claim of this.all) {
      const found = commits.filter(
        ({ header }) => header.id === claim.id || header.absorbed?.includes(claim.id),
      );
      if (found.length > 1) breaches.push(`${claim.id} landed ${found.length} times`);
      const [commit] = found;
      if (claim.said === 'committed' && !commit)
        breaches.push(`${claim.id} was acknowledged and is not there`);
      const isOpen = ['committed', 'unsure', 'dead'].includes(claim.said);
      if (!isOpen && commit) breaches.push(`${claim.id} was ${claim.said} and is there`);
      if (!commit || commit.header.absorbed) continue;
      for (const { store, id, saw, wrote } of claim.edits) {
        const line = commit.lines.find(
          ({ after, before }) => (after ?? before)?.store === store && (after ?? before)?.id === id,
        );
        if (!isDeepStrictEqual(line?.after?.data, wrote))
          breaches.push(`${claim.id} wrote something else to ${store}/${id}`);
        if (!isDeepStrictEqual(line?.before?.data, saw))
          breaches.push(`${claim.id} went over an edit of ${store}/${id} unseen`);
      }
    }
    return breaches;
  }
}
