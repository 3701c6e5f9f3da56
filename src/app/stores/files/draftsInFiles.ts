import type { BundleStore } from '../../../bundle/domain.ts';
import { DRAFT_RULES } from '../../../client/draftStore.ts';

/** What files have to know of drafts: the earlier app had none. */
export const draftsInFiles: BundleStore = {
  ...DRAFT_RULES,
  whereUnsound: (data, version) => (DRAFT_RULES.isSound(data, version) ? undefined : ''),
  fromSeed: () => ({ kind: 'unsound', at: 'data' }),
};
