import type { BundleStore } from '../../../bundle/domain.ts';
import type { Json } from '../../../vault/types.ts';
import { SETTINGS_ID, Settings } from '../settings.ts';
import { membersBeyond, whereRefused } from './schemaPath.ts';

const THEMES = ['light', 'dark', 'aurora', 'matrix', 'cyberpunk', 'ocean', 'sunset', 'system'];
const UPLOADING = /server|url|endpoint|host|token|upload|sync|backup/i;

/** What files have to know of the settings. */
export const settingsInFiles: BundleStore = {
  version: 1,
  isSound: (data, version) => version !== 1 || whereRefused(Settings, data) === undefined,
  whereUnsound: (data, version) => (version === 1 ? whereRefused(Settings, data) : undefined),
  fromSeed(data) {
    const at = whereRefused(Settings, data);
    return at === undefined
      ? { kind: 'rows', rows: [{ kind: 'sound', id: SETTINGS_ID, data }] }
      : { kind: 'unsound', at };
  },
  unknownMembers: (data) => membersBeyond(Settings.shape, data).filter((name) => !UPLOADING.test(name)),
  /** Only switching off may come from a file. */
  withheldMembers: (data) =>
    Object.entries(data as { [member: string]: Json })
      .filter(([name, value]) => (UPLOADING.test(name) && value !== false) || namesServer(value))
      .map(([name]) => name),
  remarks(data) {
    const { theme } = data as unknown as Settings;
    return theme === undefined || THEMES.includes(theme) ? [] : [{ code: 'unknown-choice', at: 'theme' }];
  },
};

function namesServer(value: Json): boolean {
  return typeof value === 'string' && /^[a-z]+:\/\//i.test(value);
}
