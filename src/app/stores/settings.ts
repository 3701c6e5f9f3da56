import * as z from 'zod/mini';
import { defineStore } from '../../client/store.ts';

/** The person's settings (hl7.md 3.3). Any theme name is kept; one that is not known shows as `system` (B40). */
export const Settings = z.looseObject({
  theme: z.exactOptional(z.string()),
  autoSave: z.exactOptional(z.boolean()),
  backupEnabled: z.exactOptional(z.boolean()),
  /** Line end of copied messages: `asIs`, `cr`, `lf` or `crlf`. */
  copyLineEnd: z.exactOptional(z.string()),
  /** When saved data can’t be read: `recover`, `prompt` or `clear`. Anything else means `prompt`. */
  corruptionHandling: z.exactOptional(z.string()),
});
export type Settings = z.infer<typeof Settings>;

/** The id of the only record of the store. */
export const SETTINGS_ID = 'settings';

export const settings = defineStore('settings', { schema: Settings, version: 1, only: SETTINGS_ID });
