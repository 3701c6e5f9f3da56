import { draftOf } from '../services/sides.ts';
import type { StoreRules } from '../vault/rules.ts';

/** The rules of `drafts`: an address and a document. The document itself may still be unfinished. */
export const DRAFT_RULES: StoreRules = { version: 1, isSound: (data) => draftOf(data) !== undefined };
