/** The versions of HL7 there are names for. 2.7.1 is read as 2.7, see `dictionaryVersionOf`. */
export const DICTIONARY_VERSIONS = [
  '2.1',
  '2.2',
  '2.3',
  '2.3.1',
  '2.4',
  '2.5',
  '2.5.1',
  '2.6',
  '2.7',
] as const;

export type DictionaryVersion = (typeof DICTIONARY_VERSIONS)[number];

export const DEFAULT_VERSION: DictionaryVersion = '2.5';

/**
 * The dictionary to use for what MSH-12 says: that version, else the nearest older one of the same branch (`2.7.1` is
 * read as `2.7`), else the default.
 */
export function dictionaryVersionOf(versionId: string | undefined): DictionaryVersion {
  const wanted = versionId?.trim() ?? '';
  const known = DICTIONARY_VERSIONS.filter(
    (version) => wanted === version || wanted.startsWith(`${version}.`),
  );
  return known.at(-1) ?? DEFAULT_VERSION;
}
