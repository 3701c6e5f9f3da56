import { legacy } from './legacy.ts';

/** Where earlier versions of the app kept data (hl7.md 4). While any of it is there, this is no first run. */
export const LEGACY_SOURCES = {
  localStorageKeys: legacy.places.flatMap((place) => (place.kind === 'text' ? [place.key] : [])),
  databases: ['hl7-helper-db'],
};
