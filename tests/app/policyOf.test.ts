import { expect, test } from 'vitest';
import { policyOf } from '../../src/app/stores/policyOf.ts';
import { SETTINGS_ID, settings } from '../../src/app/stores/settings.ts';
import type { Envelope, Json } from '../../src/vault/types.ts';

function settingsOf(data: Json): Envelope {
  const at = '2026-03-01T09:00:00.000Z';
  const id = SETTINGS_ID;
  return { store: settings.name, id, data, rev: 1, version: 1, createdAt: at, updatedAt: at, checksum: '' };
}

test.each(['recover', 'prompt', 'clear'] as const)(
  'a person who chose %s is not asked otherwise',
  (policy) => {
    expect(policyOf([settingsOf({ corruptionHandling: policy })])).toBe(policy);
  },
);

test.each<[string, readonly Envelope[]]>([
  ['no settings could be read', []],
  ['nothing was chosen', [settingsOf({ theme: 'dark' })]],
  ['another version knows a further choice', [settingsOf({ corruptionHandling: 'erase' })]],
  ['the settings are not what they should be', [settingsOf({ corruptionHandling: 7 })]],
  ['another record says so', [{ ...settingsOf({ corruptionHandling: 'clear' }), store: 'templates' }]],
  ['another id says so', [{ ...settingsOf({ corruptionHandling: 'clear' }), id: 'other' }]],
])('a person is asked where %s', (_, readable) => {
  expect(policyOf(readable)).toBe('prompt');
});
