import type { LegacyDomain, LegacyPlace } from '../../client/legacy.ts';

/** Database and store of the earlier app. */
const OLD = { database: 'hl7-helper-db', store: 'keyvalue' };

const inDatabase = (key: string): LegacyPlace => ({
  name: `${OLD.database} ${key}`,
  kind: 'value',
  ...OLD,
  key,
});
const inLocalStorage = (key: string): LegacyPlace => ({ name: `localStorage ${key}`, kind: 'text', key });

/** Where user data has ever lived (hl7.md 4). What the earlier app wrote last comes first. */
export const legacy: LegacyDomain = {
  places: [
    inDatabase('templates'),
    inLocalStorage('hl7-helper:templates'),
    inLocalStorage('hl7_templates'),
    inDatabase('settings'),
    inLocalStorage('hl7-helper:settings'),
    inDatabase('serializationState'),
    inLocalStorage('hl7-helper:serializationState'),
    inDatabase('backups:templates'),
    inDatabase('backups:settings'),
    inDatabase('backups:serializationState'),
    inLocalStorage('hl7-helper:backups:templates'),
    inLocalStorage('hl7-helper:backups:settings'),
    inLocalStorage('hl7-helper:backups:serializationState'),
    inLocalStorage('generated_hl7'),
  ],
  reader: async () => (await import('./legacyReader.ts')).legacyReader,
};
