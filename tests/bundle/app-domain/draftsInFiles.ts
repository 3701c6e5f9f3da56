import type { BundleStore } from '../../../src/bundle/domain.ts';
import { DRAFT_RULES } from '../../../src/client/draftStore.ts';

/** What files have to know of drafts: the earlier app had none. */
export const draftsInFiles: BundleStore = {
  ...DRAFT_RULES,
  whereUnsound: (data, version) => (DRAFT_RULES.isSound(data, version) ? undefined : ''),
  fromSeed: () => ({ kind: 'unsound', at: 'data' }),
};
