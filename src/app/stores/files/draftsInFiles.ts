import type { Draft } from '../../../../machines/types.ts';
import type { BundleStore } from '../../../bundle/domain.ts';
import { DRAFT_RULES } from '../../../client/draftStore.ts';
import { templatesInFiles } from './templatesInFiles.ts';

/** What files have to know of drafts: the earlier app had none. */
export const draftsInFiles: BundleStore = {
  ...DRAFT_RULES,
  whereUnsound: (data, version) => (DRAFT_RULES.isSound(data, version) ? undefined : ''),
  fromSeed: () => ({ kind: 'unsound', at: 'data' }),
  patientLike(data) {
    const { store, data: document } = data as unknown as Draft;
    if (store !== 'templates' || templatesInFiles.whereUnsound(document, 1) !== undefined) return [];
    return templatesInFiles.patientLike?.(document) ?? [];
  },
};
