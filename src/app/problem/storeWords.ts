import { sayProblem } from '../words/sayProblem.ts';

const KNOWN = {
  templates: 'store.templates',
  settings: 'store.settings',
  drafts: 'store.drafts',
  serializationState: 'store.serializationState',
} as const;

/** What people call a store; its own name where they have none. */
export function storeWords(store: string): string {
  return isKnown(store) ? sayProblem(KNOWN[store]) : store;
}

function isKnown(store: string): store is keyof typeof KNOWN {
  return store in KNOWN;
}

const list = new Intl.ListFormat('en');

/** "templates and drafts". */
export function storesWords(stores: readonly string[]): string {
  return list.format(stores.map(storeWords));
}
