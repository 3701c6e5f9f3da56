import { describe, expect, test } from 'vitest';
import { classify, type Place } from '../../src/engines/classify.ts';
import { type ErrorClass, StorageError } from '../../src/engines/errors.ts';

const named = (name: string, code = 0) => ({ name, code, message: 'a text that no rule may look at' });

/**
 * What Chromium and Firefox really give, by place. Firefox names are those of its DOM exceptions; where the two differ
 * for one fault both lines stand here.
 */
const FOUND: readonly (readonly [browser: string, place: Place, name: string, expected: ErrorClass])[] = [
  // Chromium
  ['Chromium: internal error opening backing store (F01)', 'open', 'UnknownError', 'connection'],
  [
    'Chromium: encountered full disk while opening backing store (F23)',
    'open',
    'QuotaExceededError',
    'capacity',
  ],
  ['Chromium: the requested version is less than the existing one', 'open', 'VersionError', 'newer'],
  ['Chromium: access to the IndexedDB API is denied in this context', 'open', 'SecurityError', 'denied'],
  ['Chromium: the connection was closed during the upgrade', 'open', 'AbortError', 'connection'],
  ['Chromium: the database connection is closing (F03)', 'begin', 'InvalidStateError', 'connection'],
  ['Chromium: one of the specified object stores was not found', 'begin', 'NotFoundError', 'programmer'],
  ['Chromium: the parameter is not a valid key', 'call', 'DataError', 'programmer'],
  ['Chromium: could not be cloned', 'call', 'DataCloneError', 'programmer'],
  ['Chromium: the transaction has finished', 'call', 'TransactionInactiveError', 'programmer'],
  ['Chromium: failed to read large IndexedDB value (F31)', 'read', 'DataError', 'corrupt'],
  ['Chromium: data lost due to missing file', 'read', 'NotReadableError', 'corrupt'],
  ['Chromium: internal error', 'read', 'UnknownError', 'corrupt'],
  [
    'Chromium: the transaction was aborted, so the request cannot be fulfilled',
    'read',
    'AbortError',
    'transient',
  ],
  ['Chromium: quota at commit (F19)', 'commit', 'QuotaExceededError', 'capacity'],
  ['Chromium: failed to write blobs, the disk is full', 'commit', 'DataError', 'capacity'],
  ['Chromium: internal error committing transaction', 'commit', 'UnknownError', 'transient'],
  ['Chromium: key already exists in the object store', 'commit', 'ConstraintError', 'programmer'],
  ['Chromium: the transaction timed out', 'commit', 'TimeoutError', 'transient'],
  // Firefox
  ['Firefox: storage is switched off', 'open', 'InvalidStateError', 'denied'],
  ['Firefox: the operation is insecure', 'open', 'SecurityError', 'denied'],
  ['Firefox: not allowed by the user agent or platform', 'open', 'NotAllowedError', 'denied'],
  ['Firefox: a profile of a newer Firefox (F18)', 'open', 'UnknownError', 'connection'],
  ['Firefox: the disk is full', 'open', 'QuotaExceededError', 'capacity'],
  ['Firefox: opened with a lower version', 'open', 'VersionError', 'newer'],
  ['Firefox: a mutation on a database that did not allow it', 'begin', 'InvalidStateError', 'connection'],
  [
    'Firefox: a request on a transaction that is not active',
    'call',
    'TransactionInactiveError',
    'programmer',
  ],
  ['Firefox: data provided does not meet requirements', 'call', 'DataError', 'programmer'],
  ['Firefox: a stored file is missing', 'read', 'NotFoundError', 'corrupt'],
  ['Firefox: unrelated to the database itself', 'read', 'UnknownError', 'corrupt'],
  ['Firefox: the value cannot be deserialised', 'read', 'DataCloneError', 'corrupt'],
  ['Firefox: the current transaction exceeded its quota', 'commit', 'QuotaExceededError', 'capacity'],
  ['Firefox: the same, by its older name', 'commit', 'NS_ERROR_DOM_INDEXEDDB_QUOTA_ERR', 'capacity'],
  ['Firefox: aborted, for example by the closing of the tab', 'commit', 'AbortError', 'transient'],
  ['Firefox: unrelated to the database itself', 'commit', 'UnknownError', 'transient'],
  ['Firefox: a mutation that does not meet a constraint', 'commit', 'ConstraintError', 'programmer'],
];

test.each(FOUND)('%s: at %s, %s is %s', (_, place, name, expected) => {
  expect(classify(place, new DOMException('x', name))).toMatchObject({ class: expected, platformName: name });
});

describe('by name and place, never by text or code', () => {
  test('[F27] a QuotaExceededError is one whatever its code, its prototype and its text', () => {
    class QuotaExceededError extends Error {
      override readonly name = 'QuotaExceededError';
      readonly code = 0;
    }
    for (const error of [
      named('QuotaExceededError', 0),
      named('QuotaExceededError', 22),
      new DOMException('', 'QuotaExceededError'),
      new QuotaExceededError('no more'),
    ]) {
      expect(classify('commit', error)).toMatchObject({
        class: 'capacity',
        platformName: 'QuotaExceededError',
      });
    }
    expect(classify('commit', named('AbortError', 22)).class).toBe('transient');
    expect(classify('commit', new Error('QuotaExceededError: quota exceeded')).class).toBe('transient');
  });

  test('the same DataError is ours when thrown, damage when read, a full disk when it aborts', () => {
    const classes = (['call', 'read', 'commit'] as const).map(
      (place) => classify(place, named('DataError')).class,
    );
    expect(classes).toEqual(['programmer', 'corrupt', 'capacity']);
  });

  test('what has no name has the class of its place', () => {
    const strange = [
      null,
      undefined,
      'a text',
      7,
      {},
      { name: 7 },
      { name: 'constructor' },
      { name: 'Unheard' },
    ];
    const expected = {
      open: 'connection',
      begin: 'connection',
      call: 'programmer',
      read: 'corrupt',
      commit: 'transient',
    };
    for (const [place, errorClass] of Object.entries(expected)) {
      for (const error of strange) expect(classify(place as Place, error).class).toBe(errorClass);
    }
  });

  test('an error that is classified already stays what it is', () => {
    const error = new StorageError('corrupt', 'found before');
    expect(classify('commit', error)).toBe(error);
  });

  test('[I22] the message is ours, and says nothing of what was stored', () => {
    const error = classify('read', new DOMException('value "secret" is bad', 'UnknownError'));
    expect(`${error.message} ${error}`).not.toContain('secret');
    expect(error).toMatchObject({
      name: 'StorageError',
      message: 'A value could not be read',
      isUncertain: false,
    });
  });
});
