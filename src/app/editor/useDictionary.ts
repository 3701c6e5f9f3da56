import { useEffect, useMemo, useState } from 'react';
import {
  type Dictionary,
  type DictionaryVersion,
  dictionaryVersionOf,
  loadDictionary,
  type ParsedText,
  valueAt,
} from '../../hl7/index.ts';

const loading = new Map<DictionaryVersion, Promise<Dictionary>>();

/** Names of positions in the version the message names; `null` until they have arrived. Fetched once a version. */
export function useDictionary(parsed: ParsedText): Dictionary | null {
  const version = useMemo(() => dictionaryVersionOf(valueAt(parsed, 'MSH-12')), [parsed]);
  const [dictionary, setDictionary] = useState<Dictionary | null>(null);
  useEffect(() => {
    let isCurrent = true;
    fetchOnce(version).then(
      (found) => isCurrent && setDictionary(found),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [version]);
  return dictionary;
}

function fetchOnce(version: DictionaryVersion): Promise<Dictionary> {
  const known = loading.get(version);
  if (known) return known;
  const fetched = loadDictionary(version);
  loading.set(version, fetched);
  // Without names the editor works; the next message of this version asks again.
  fetched.catch(() => loading.delete(version));
  return fetched;
}
