import { rulesOf } from '../../../src/client/store.ts';
import type { Rules } from '../../../src/vault/rules.ts';
import { settings, templates } from './stores.ts';

/** The database. Facade, vault and worker open the same one. */
export const NAME = 'bench';

export const rules: Rules = new Map([templates, settings].map((store) => [store.name, rulesOf(store)]));
