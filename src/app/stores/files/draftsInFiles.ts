import type { Draft } from '../../../../machines/types.ts';
import type { BundleStore } from '../../../bundle/domain.ts';
import { DRAFT_RULES } from '../../../client/draftStore.ts';
import type { Json } from '../../../vault/types.ts';
import { templatesInFiles } from './templatesInFiles.ts';

/** What files have to know of drafts: the earlier app had none. */
export const draftsInFiles: BundleStore = {
  ...DRAFT_RULES,
  whereUnsound: (data, version) => (DRAFT_RULES.isSound(data, version) ? undefined : ''),
  fromSeed: () => ({ kind: 'unsound', at: 'data' }),
  patientLike(data) {
    const template = templateIn(data);
    return template === undefined ? [] : (templatesInFiles.patientLike?.(template) ?? []);
  },
  withTestValues(data, numberOf) {
    const template = templateIn(data);
    const made = template !== undefined && templatesInFiles.withTestValues?.(template, numberOf);
    return made ? { ...(data as object), data: made } : undefined;
  },
};

/** The template that is a draft, where it is one. */
function templateIn(draft: Json): Json | undefined {
  const { store, data } = draft as unknown as Draft;
  return store === 'templates' && templatesInFiles.whereUnsound(data, 1) === undefined ? data : undefined;
}
