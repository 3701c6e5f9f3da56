/** Where earlier versions of the app kept data (hl7.md 4). While any of it is there, this is no first run. */
export const LEGACY_SOURCES = {
  localStorageKeys: [
    'hl7_templates',
    'hl7-helper:templates',
    'hl7-helper:settings',
    'hl7-helper:serializationState',
    'hl7-helper:backups:templates',
    'hl7-helper:backups:settings',
    'hl7-helper:backups:serializationState',
    'generated_hl7',
  ],
  databases: ['hl7-helper-db'],
} as const;
